//! The room: what its handlers, use cases and jobs share.

use std::sync::Arc;

use jiff::Timestamp;
use kernel::calendar::{BusinessCalendar, BusinessTime};
use platform::{App, job::Job, web::Mounted};

use crate::{adopt::Adoption, config::Config, job::Deadlines, letters::Facts, pages, rules::Customer};

/// Partners' customers. Cheap to clone.
#[derive(Clone)]
pub struct Customers(Arc<Parts>);

struct Parts {
    app: App,
    config: Config,
    calendar: BusinessCalendar,
}

impl Customers {
    /// The room of an installation.
    #[must_use]
    pub fn new(app: App, config: Config, calendar: BusinessCalendar) -> Self {
        Self(Arc::new(Parts {
            app,
            config,
            calendar,
        }))
    }

    /// The installation.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// The settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// When the provider works.
    #[must_use]
    pub fn calendar(&self) -> &BusinessCalendar {
        &self.0.calendar
    }

    /// The working time in which staff decide.
    #[must_use]
    pub fn allowance(&self) -> BusinessTime {
        self.config().business_days.allowance(self.calendar())
    }

    /// When staff are reminded of a customer; nothing unless it awaits approval.
    #[must_use]
    pub fn remind_at(&self, of: &Customer) -> Option<Timestamp> {
        let with_left = self.config().business_days.reminder(self.calendar());
        // Beyond the calendar's reach there is nobody to remind.
        of.deadline()?.reminder(self.calendar(), with_left).ok().flatten()
    }

    pub(crate) fn facts(&self, of: &Customer, partner: &str) -> Facts {
        Facts::of(of, partner, self.config().business_days.get())
    }

    /// Its pages.
    #[must_use]
    pub fn pages(&self) -> Mounted {
        pages::mount(self)
    }

    /// The same as JSON.
    #[must_use]
    pub fn api(&self) -> platform::api::Mounted {
        crate::api::mount(self)
    }

    /// What runs without a request.
    #[must_use]
    pub fn jobs(&self) -> Vec<Arc<dyn Job>> {
        vec![
            Arc::new(Deadlines(self.clone())),
            Arc::new(Adoption::new(self.clone())),
        ]
    }
}
