//! The macro `named!`: the words that a fact may be, as an enumeration.

/// Declares an enumeration whose values have names in JSON; what follows a `|` is another word of the provider.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $text:literal $(| $alias:literal)?),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        $(#[$doc])*
        pub enum $name {
            $($(#[$value_doc])* #[cfg_attr(feature = "schemars", schemars(rename = $text))] $value),+
        }

        $crate::message::word::words!($name { $($value = $text),+ });

        impl $name {
            /// The words that a fact of this type may be.
            pub(crate) const WORDS: &'static $crate::rule::fact::Words = &$crate::rule::fact::Words {
                keys: &[$($crate::json::Key::word($text)),+],
                aliases: &[$($(($alias, $text),)?)+],
                #[cfg(feature = "schemars")]
                schema: schemars::SchemaGenerator::subschema_for::<$name>,
            };

            /// The value of this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                name.parse().ok()
            }
        }

        impl<'a> $crate::rule::facts::TypedFact<'a> for $name {
            fn into_value(self) -> $crate::rule::facts::FactValue<'a> {
                $crate::rule::facts::FactValue::Text(self.as_str().into())
            }

            fn of_value(value: &$crate::rule::facts::FactValue<'a>) -> Option<Self> {
                Self::from_name(value.text()?)
            }
        }
    };
}

pub(crate) use named;
