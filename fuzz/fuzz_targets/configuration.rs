//! The configuration file; where it is right, the calendar is built as well.
#![no_main]

use portico::config::Config;

libfuzzer_sys::fuzz_target!(|text: &str| {
    match platform::config::load::<Config>("portico.toml", text, []) {
        // Files that the configuration names are none of this.
        Ok(config) if config.calendar.holidays.iter().all(|source| source.as_os_str() == "vietnam") => {
            let _ = config.calendar.build(&config.site);
        }
        Ok(_) => {}
        Err(problems) => assert!(!problems.to_string().is_empty()),
    }
});
