//! The table of an operation's fields: each row is everything that is known of a field.

/// Declares the fields of an operation, each once. From a row come the field's check, its rule, its key, its JSON Schema, and its
/// part in the typed requests: member, builder method, getter, draft, `Serialize`.
///
/// ```text
/// fields! {
///     operation OPERATION "ims.whole-image";       // the static `Operation`, and its id
///     requests {                                   // the typed requests, each with its builder
///         /// A request to make an image of a server.
///         WholeImageFromEcs, WholeImageFromEcsBuilder;
///         /// A request to make an image of a backup.
///         WholeImageFromBackup, WholeImageFromBackupBuilder;
///     }
///     path {}                                      // no row, or one: the parameter of the address; it is always mandatory
///     body {                                       // a row for each field, in the order of the documents
///         /// The name of the image.               // said of the field in the documentation of each request
///         name: ImageName = "name", mandatory | mandatory {
///             label: NAME_LABEL,                   // its label in a form, as the provider's console has it
///             help: NAME_HOLDS,                    // may be left out: the text beneath it
///             about: NAME_ABOUT,                   // what the field is
///             examples: &[r#""copy_1""#],          // values, in JSON
///             holds: NAME_HOLDS,                   // the field's rule; its id is `ims.whole-image.name`
///             why: NAME_WHY,
///             disputed: NAME_DISPUTED,             // may be left out
///             found: VAULT_FOUND,                  // may be left out: where its value is found
///             citations: &[REQUEST],
///         }
///         /// The server that the image is made of.
///         instance_id: Identifier = "instance_id", mandatory | absent {
///             kind: ids::OPTIONAL_ID,              // may be left out: the kind of the type then
///             label: …,
///             about: …,
///             needed: …,                           // may be left out: when it is required, where that depends on other fields
///             examples: …,
///             holds: …,
///         }
///     }
/// }
/// ```
///
/// Before the `{` of a row stands what the field is in each typed request, in the order of `requests`: `mandatory`, `optional` or
/// `absent`. A field that is mandatory in all of them is mandatory for every body; what another one demands of the others is up to
/// `Operation::across`. A kind of its own is for a field whose check, for that reason, takes more than its type does.
///
/// It gives `static PATH` and `static BODY`, in that order, and the requests.
macro_rules! fields {
    (
        operation $operation:ident $id:literal;
        requests { $($(#[$request_doc:meta])+ $request:ident, $builder:ident;)+ }
        path {
            $(
                $(#[$path_doc:meta])+
                $path:ident: $path_type:ident = $path_name:literal { $($path_rule:tt)+ }
            )?
        }
        body {
            $(
                $(#[$doc:meta])+
                $field:ident: $type:ident = $name:literal, $($presence:ident)|+ { $($rule:tt)+ }
            )+
        }
    ) => {
        static PATH: [$crate::field::field::Field; <[&str]>::len(&[$($path_name)?])] = [
            $($crate::check::fields::fields!(@field "/path/" $id $path_type $path_name [mandatory] { $($path_rule)+ }))?
        ];

        static BODY: [$crate::field::field::Field; <[&str]>::len(&[$($name),+])] = [
            $($crate::check::fields::fields!(@field "/body/" $id $type $name [$($presence)+] { $($rule)+ })),+
        ];

        $crate::check::fields::fields! {
            @requests $operation [$({ $(#[$request_doc])+ $request $builder })+]
            { $({ $(#[$path_doc])+ $path: $path_type = $path_name })? }
            [$({ $(#[$doc])+ $field: $type = $name } [$($presence)+])+]
        }
    };

    // One element of `PATH` or `BODY`.
    (
        @field $section:literal $id:literal $type:ident $name:literal [$($presence:ident)+]
        { $(kind: $kind:path,)? label: $label:expr, $(help: $help:expr,)? about: $about:expr, $(needed: $needed:expr,)? examples: $examples:expr,
            holds: $holds:expr, why: $why:expr, $(disputed: $disputed:expr,)?
            $(found: $found:expr,)? citations: $citations:expr $(,)? }
    ) => {
        $crate::field::field::Field {
            key: $crate::json::Key::new($name),
            pointer: concat!($section, $name),
            presence: $crate::field::field::Presence::of(&[$(stringify!($presence)),+]),
            kind: $crate::check::fields::fields!(@kind $type $($kind)?),
            rule: $crate::field::field::field_rule(concat!($id, ".", $name), $holds, $why, $citations)$(.disputed($disputed))?$(.found($found))?,
            words: $crate::field::field::Words::new($about, $examples, $label)$(.needed($needed))?$(.help($help))?,
        }
    };
    (@kind $type:ident) => { <$type as $crate::field::typed::FieldType>::KIND };
    (@kind $type:ident $kind:path) => { &$kind };

    // The requests one after the other: each takes the first presence of every row, and leaves the others to the next.
    (@requests $operation:ident [] $path:tt [$($row:tt [])+]) => {};
    (@requests $operation:ident [] $path:tt $rows:tt) => {
        compile_error!("a row says what its field is in more requests than there are");
    };
    (@requests $operation:ident [$request:tt $($others:tt)*] $path:tt $rows:tt) => {
        $crate::check::fields::fields! {
            @sort $operation $request [$($others)*] $path $rows mandatory {} optional {} left []
        }
    };

    // The rows of one request, sorted by what they are in it.
    (@sort $o:ident $r:tt $others:tt $path:tt [$row:tt [mandatory $($later:ident)*] $($rows:tt)*]
        mandatory { $($must:tt)* } optional $may:tt left [$($left:tt)*]) => {
        $crate::check::fields::fields! {
            @sort $o $r $others $path [$($rows)*] mandatory { $($must)* $row } optional $may left [$($left)* $row [$($later)*]]
        }
    };
    (@sort $o:ident $r:tt $others:tt $path:tt [$row:tt [optional $($later:ident)*] $($rows:tt)*]
        mandatory $must:tt optional { $($may:tt)* } left [$($left:tt)*]) => {
        $crate::check::fields::fields! {
            @sort $o $r $others $path [$($rows)*] mandatory $must optional { $($may)* $row } left [$($left)* $row [$($later)*]]
        }
    };
    (@sort $o:ident $r:tt $others:tt $path:tt [$row:tt [absent $($later:ident)*] $($rows:tt)*]
        mandatory $must:tt optional $may:tt left [$($left:tt)*]) => {
        $crate::check::fields::fields! {
            @sort $o $r $others $path [$($rows)*] mandatory $must optional $may left [$($left)* $row [$($later)*]]
        }
    };
    (@sort $o:ident $r:tt $others:tt $path:tt [{ $(#[$doc:meta])+ $field:ident $($row:tt)+ } $($rows:tt)*] $($sorted:tt)+) => {
        compile_error!(concat!("in each request, `", stringify!($field), "` must be mandatory, optional or absent"));
    };
    (@sort $operation:ident $request:tt $others:tt $path:tt [] mandatory $must:tt optional $may:tt left $left:tt) => {
        $crate::check::request::request! { $operation $request path $path mandatory $must optional $may }
        $crate::check::fields::fields! { @requests $operation $others $path $left }
    };
}
pub(crate) use fields;
