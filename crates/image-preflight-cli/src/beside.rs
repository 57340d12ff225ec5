//! Facts that are given beside the cases: which of their objects no case is about.

use crate::file_name::FileName;
use crate::options::Known;
use crate::output;
use crate::sentences::{ABOUT_NO_CASE, say};
use image_preflight_input::is_about;
use serde_json::{Map, Value};

/// The objects that no case has been about so far, by the files that they are in.
pub(crate) struct Beside {
    objects: Vec<(FileName, Vec<String>)>,
    has_cases: bool,
}

impl Beside {
    /// Those among the facts, which were made of the same arguments.
    pub(crate) fn of(known: &Known, facts: &Map<String, Value>) -> Self {
        let of_image = known.image.as_ref().map(|path| {
            let members = image_preflight::operations().map(|operation| operation.provider().image_object.name);
            (FileName::of(path), members.map(str::to_owned).collect())
        });
        let others = known
            .objects()
            .into_iter()
            .filter_map(|(member, path)| Some((FileName::of(path?), vec![member.to_owned()])));
        let mut objects: Vec<(FileName, Vec<String>)> = of_image.into_iter().chain(others).collect();
        objects.retain(|(_, members)| members.iter().any(|member| facts.contains_key(member)));
        Beside { objects, has_cases: false }
    }

    /// A case, which may be about some of them.
    pub(crate) fn sees(&mut self, case: &[u8], facts: &Map<String, Value>) {
        self.has_cases = true;
        if self.objects.is_empty() {
            return;
        }
        let Ok(case) = std::str::from_utf8(case) else { return };
        let is_used = |member: &String| facts.get(member).is_some_and(|object| is_about(case, member, object));
        self.objects.retain(|(_, members)| !members.iter().any(is_used));
    }

    /// Notes those that are left.
    pub(crate) fn note(&self) {
        for (file, _) in self.objects.iter().filter(|_| self.has_cases) {
            output::note(&say(ABOUT_NO_CASE, &[("file", &file.shown())]));
        }
    }
}
