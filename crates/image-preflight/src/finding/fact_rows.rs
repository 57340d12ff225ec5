//! The macro `facts!`: a provider's folder declares its facts with it, one row each.

/// The only one of these, if there is one.
pub(crate) const fn first(ranks: &[u16]) -> Option<u16> {
    if let [rank] = ranks { Some(*rank) } else { None }
}

/// Declares facts that are members of one object. Each row makes the fact, its key, its place in the store, its member of the typed
/// structure and the ways between them.
macro_rules! facts {
    (
        $(#[$doc:meta])*
        pub struct $name:ident $(<$life:lifetime>)?;
        $(#[$group_doc:meta])*
        static $group:ident = $schema:literal, $group_description:literal $(, of each image from $first:literal)?;
        $(
            $(#[$fact_doc:meta])*
            $rank:literal $fact:ident, $field:ident: $type:ty = $pointer:literal is $kind:expr,
                $description:expr,
                $how:expr;
        )+
    ) => {
        $(
            $(#[$fact_doc])*
            pub(crate) const $fact: $crate::rule::fact::Fact = $crate::rule::fact::Fact(&$crate::rule::fact::Row {
                rank: $rank,
                pointer: $pointer,
                kind: $kind,
                description: $description,
                how_to_obtain: $how,
                record: $name::FIRST,
            });
        )+

        impl $(<$life>)? $name $(<$life>)? {
            /// For facts about each of the listed images, the rank of the first.
            const FIRST: Option<u16> = $crate::finding::fact_rows::first(&[$($first)?]);
        }

        $(#[$group_doc])*
        pub(crate) static $group: $crate::rule::fact::Group = $crate::rule::fact::Group {
            #[cfg(feature = "schemars")]
            name: $schema,
            #[cfg(feature = "schemars")]
            description: $group_description,
            keys: &[$($crate::json::Key::new($fact.name())),+],
            facts: &[$($fact),+],
        };

        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $name $(<$life>)? {
            $(
                $(#[$fact_doc])*
                pub $field: Option<$type>,
            )+
        }

        impl $(<$life>)? $name $(<$life>)? {
            /// Each fact with its value.
            pub(crate) fn into_values<'v>(self) -> impl Iterator<Item = ($crate::rule::fact::Fact, $crate::rule::facts::FactValue<'v>)>
            where
                $($life: 'v)?
            {
                use $crate::rule::facts::TypedFact as _;
                [$(($fact, self.$field.map_or($crate::rule::facts::FactValue::Unknown, |value| value.into_value()))),+].into_iter()
            }
        }

        impl $(<$life>)? $name $(<$life>)? {
            /// The facts as far as they are known.
            pub(crate) fn of<'k, 'v>(known: impl Fn($crate::rule::fact::Fact) -> &'k $crate::rule::facts::FactValue<'v>) -> Self
            where
                'v: 'k,
                $('v: $life)?
            {
                use $crate::rule::facts::TypedFact as _;
                $name { $($field: <$type>::of_value(known($fact))),+ }
            }
        }

        $(
            impl<$life> $name<$life> {
                /// The same, free of what it borrowed.
                #[must_use]
                pub fn into_owned(self) -> $name<'static> {
                    let values: Vec<_> = self.into_values().map(|(fact, value)| (fact, value.into_owned())).collect();
                    $name::of(|fact| {
                        let found = values.iter().find(|(known, _)| known.rank() == fact.rank());
                        found.map_or(&$crate::rule::facts::FactValue::Unknown, |(_, value)| value)
                    })
                }
            }
        )?

        /// Those that are known, by their names in a case.
        impl $(<$life>)? serde::Serialize for $name $(<$life>)? {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let known = self.clone().into_values().filter(|(_, value)| value.is_known());
                serializer.collect_map(known.map(|(fact, value)| (fact.name(), value)))
            }
        }

        /// From an object as a case has it; a name or a value that is not known is an error.
        #[cfg(feature = "text")]
        impl<'de $(, $life)?> serde::Deserialize<'de> for $name $(<$life>)? {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let json = serde_json::Value::deserialize(deserializer)?.to_string();
                let (facts, record) = $crate::finding::fact_objects::read_object(&json, &$group).map_err(serde::de::Error::custom)?;
                let (facts, record) = (facts.into_owned(), record.into_owned());
                Ok(Self::of(|fact| if fact.is_of_each_image() { record.value(fact) } else { facts.value(fact) }))
            }
        }
    };
}
pub(crate) use facts;
