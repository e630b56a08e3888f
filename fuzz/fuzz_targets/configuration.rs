//! The configuration file; where it is right, the calendar is built as well. And a variable, whose value no mistake tells.
#![no_main]

use portico::config::Config;

const SAMPLE: &str = include_str!("../../crates/portico/portico.sample.toml");

fn read_variable(value: &str) {
    let variable = ("PORTICO_SITE__SUPPORT__EMAIL".to_owned(), format!("hush-{value}-hush"));
    if let Err(problems) = platform::config::load::<Config>("portico.toml", SAMPLE, [variable]) {
        assert!(!problems.to_string().contains("hush"), "{problems}");
    }
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    read_variable(text);
    match platform::config::load::<Config>("portico.toml", text, []) {
        // Files that the configuration names are none of this.
        Ok(config) if config.calendar.holidays.iter().all(|source| source.as_os_str() == "vietnam") => {
            let _ = config.calendar.build(&config.site);
        }
        Ok(_) => {}
        Err(problems) => assert!(!problems.to_string().is_empty()),
    }
});
