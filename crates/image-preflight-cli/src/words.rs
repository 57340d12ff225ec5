//! The language of the command line.

use image_preflight::Locale;
use std::cell::Cell;
use std::ffi::OsString;
use std::sync::RwLock;

/// Decided before the arguments are parsed, whose errors have it too, and once more when the configuration is known.
static LOCALE: RwLock<Locale> = RwLock::new(Locale::ENGLISH);

thread_local! {
    /// The language of the call that this thread answers, if it has one of its own.
    static OF_CALL: Cell<Option<Locale>> = const { Cell::new(None) };
}

/// The language of this run, or of the call that is answered.
pub(crate) fn locale() -> Locale {
    if let Some(locale) = OF_CALL.get() {
        return locale;
    }
    LOCALE.read().map_or(Locale::ENGLISH, |locale| *locale)
}

/// Sets the language of this run.
pub(crate) fn set_locale(locale: Locale) {
    if let Ok(mut current) = LOCALE.write() {
        *current = locale;
    }
}

/// Answers a call in its language.
pub(crate) fn in_locale<T>(locale: Locale, answer: impl FnOnce() -> T) -> T {
    let before = OF_CALL.replace(Some(locale));
    let answered = answer();
    OF_CALL.set(before);
    answered
}

/// The language that arguments ask for, which need not be right otherwise.
pub(crate) fn of_arguments(mut arguments: impl Iterator<Item = OsString>) -> Option<Locale> {
    while let Some(argument) = arguments.next().filter(|argument| argument != "--") {
        let argument = argument.to_string_lossy();
        let tag = match argument.strip_prefix("--locale") {
            Some("") => arguments.next()?.to_string_lossy().into_owned(),
            Some(tag) => tag.strip_prefix('=')?.to_owned(),
            None => continue,
        };
        return crate::names::locale(&tag).ok();
    }
    None
}

/// The language that the environment asks for: the first of its languages that there are messages in.
pub(crate) fn of_environment() -> Option<Locale> {
    // In the C locale, gettext ignores LANGUAGE.
    let posix = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    if posix.into_iter().find(|value| !value.is_empty()).is_some_and(|value| is_posix(&value)) {
        return None;
    }
    sys_locale::get_locales().find_map(|tag| crate::names::locale(&tag).ok())
}

fn is_posix(locale: &str) -> bool {
    matches!(locale.split('.').next(), Some("C" | "POSIX"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_ask_for_a_language() {
        let of = |arguments: &str| of_arguments(arguments.split(' ').map(OsString::from)).map(Locale::tag);
        for (arguments, tag) in [
            ("check --locale zh-CN --nope", Some("zh-CN")),
            ("--locale=zh", Some("zh-CN")),
            ("--locale", None),
            ("--locale fr --locale zh", None),
            ("--locales zh", None),
            ("check -- --locale zh", None),
        ] {
            assert_eq!(of(arguments), tag, "{arguments}");
        }
    }

    #[test]
    fn the_c_locale_is_no_language() {
        assert!(["C", "POSIX", "C.UTF-8"].into_iter().all(is_posix));
        assert!(["zh_CN.UTF-8", "en", "CN", ""].into_iter().all(|locale| !is_posix(locale)));
    }
}
