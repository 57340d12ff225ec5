//! The language of the command line.

use image_preflight::Locale;
use std::sync::OnceLock;

/// Decided once, before anything is printed: even usage errors have it.
static LOCALE: OnceLock<Locale> = OnceLock::new();

/// The language of this run.
pub(crate) fn locale() -> Locale {
    LOCALE.get().copied().unwrap_or(Locale::ENGLISH)
}

/// Sets the language of this run; the first call counts.
pub(crate) fn set_locale(locale: Locale) {
    let _ = LOCALE.set(locale);
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
    fn the_c_locale_is_no_language() {
        assert!(["C", "POSIX", "C.UTF-8"].into_iter().all(is_posix));
        assert!(["zh_CN.UTF-8", "en", "CN", ""].into_iter().all(|locale| !is_posix(locale)));
    }
}
