//! Who sits at the command line.

use std::{env, fs};

use platform::actor::Caller;

/// The caller of a command that writes, as the operating system says: login and machine, as in `hoa@portal-1`. Who became
/// another by sudo is named as before.
pub(super) fn operator() -> Caller {
    let login = ["SUDO_USER", "LOGNAME", "USER"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|login| !login.is_empty()));
    let machine = fs::read_to_string("/proc/sys/kernel/hostname").ok();
    Caller::operator(named(login.as_deref(), machine.as_deref()))
}

fn named(login: Option<&str>, machine: Option<&str>) -> String {
    let login = login.unwrap_or("command line");
    match machine.map(str::trim).filter(|machine| !machine.is_empty()) {
        Some(machine) => format!("{login}@{machine}"),
        None => login.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn whoever_is_known_is_named() {
        assert_eq!(named(Some("hoa"), Some("portal-1\n")), "hoa@portal-1");
        assert_eq!(named(Some("hoa"), None), "hoa");
        assert_eq!(named(None, Some("portal-1")), "command line@portal-1");
    }
}
