//!

/// Declares an enumeration whose values have names in JSON.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $text:literal),+ $(,)? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        $(#[$doc])*
        pub enum $name {
            $($(#[$value_doc])* #[serde(rename = $text)] $value),+
        }

        impl $name {
            /// Every value's name in JSON, in order.
            pub const NAMES: &'static [&'static str] = &[$($text),+];

            /// Its name in JSON.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$value => $text),+ }
            }

            /// The same, ready to be compared.
            pub(crate) const WORDS: &'static [$crate::json::Key] = &[$($crate::json::Key::word($text)),+];

            /// The value whose name stands at this place among [`Self::NAMES`].
            pub(crate) fn nth(index: usize) -> Option<Self> {
                [$($name::$value),+].get(index).copied()
            }

            /// The value of this name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some($name::$value),)+ _ => None }
            }
        }
    };
}

pub(crate) use named;
