//! What a plan or a state knows of images, by id: the data sources that were read, and images that Terraform itself has made.

use crate::json::{Members, elements, tree};
use crate::terraform::resource::{each, without_provider};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The images, by id.
#[derive(Debug, Default)]
pub(crate) struct Images(HashMap<String, Image>);

/// An image.
#[derive(Debug)]
pub(crate) struct Image {
    /// The address of the data source or resource.
    pub(crate) address: String,
    /// The region in which it was found.
    pub(crate) region: Option<String>,
    /// Its attributes, as `imageObject` takes them.
    pub(crate) object: Map<String, Value>,
}

/// The attributes that describe an image. An object without any of them is not taken for one. The core reads those that it
/// knows and passes over the others.
const TELLING: [&str; 6] = ["image_type", "size_bytes", "virtual_env_type", "image_size", "__os_type", "os"];

impl Images {
    pub(crate) fn get(&self, id: &str) -> Option<&Image> {
        self.0.get(id)
    }

    /// Reads the values of a state. What cannot be read leaves facts unknown.
    pub(crate) fn read(&mut self, values: Option<&str>) {
        let _ = each(values, &mut |resource, _| {
            let name = resource.text("type").unwrap_or_default();
            let Some(name) = without_provider(&name).map(|name| name.trim_end_matches("_v2")) else { return };
            let is_data = resource.text("mode").is_some_and(|mode| mode == "data");
            let is_image = name.starts_with("images_image") || name.starts_with("ims_") && name.ends_with("_image");
            if !is_image {
                return;
            }
            let address = resource.text("address").unwrap_or_default();
            let values = resource.given("values");
            let sensitive = tree(resource.given("sensitive_values"));
            let Some(members) = values.and_then(|values| Members::of(values).ok()) else { return };
            let region = members.text("region").filter(|region| !region.is_empty());
            if is_data && name == "images_images" {
                if sensitive.get("images").is_none_or(|marks| !marks.is_boolean()) {
                    for image in members.given("images").and_then(|list| elements(list).ok()).into_iter().flatten() {
                        self.add(&address, region.clone(), image, &Value::Null);
                    }
                }
            } else {
                // An image that was copied is where it was copied to.
                let target = members.text("target_region").filter(|region| !region.is_empty() && !is_data);
                self.add(&address, target.or(region), values.unwrap_or_default(), &sensitive);
            }
        });
    }

    fn add(&mut self, address: &str, region: Option<String>, values: &str, sensitive: &Value) {
        let Value::Object(mut object) = tree(Some(values)) else { return };
        // A sensitive attribute is unknown; lists hold no fact.
        let is_marked = |name: &str| sensitive.get(name).is_some_and(|mark| *mark == Value::Bool(true));
        object.retain(|name, value| !is_marked(name) && !value.is_null() && !value.is_array() && !value.is_object());
        let id = object.get("id").and_then(Value::as_str).filter(|id| !id.is_empty()).map(str::to_owned);
        if let Some(id) = id.filter(|_| TELLING.iter().any(|name| object.contains_key(*name))) {
            // The first that is read stays; a later one is the same image.
            let address = address.to_owned();
            self.0.entry(id).or_insert(Image { address, region, object });
        }
    }
}
