//! The named people of the sample: made through the use cases of the rooms, with a clock that runs from two months ago
//! until today, so that every page has something true to show.

mod companies;

use accounts::{
    account::{Class, Enterprise, PaymentMode},
    password::PasswordHash,
    store::{self, NewAccount, NewIam, NewStaff},
};
use jiff::{SignedDuration, Timestamp};
use kernel::{
    AccountId, EmailAddress, Language, StaffId, UserId,
    tax_code::{Country, TaxCode},
};
use platform::{Actor, StaffMember, StaffRole, actor::Caller, work::Work};
use registration::{
    rules::{Registration, RejectionReason, Words},
    service::{self, Acceptance, Submission},
};

use companies::{APPROVED, READY, REJECTED, WAITING};
pub(super) use companies::{CUSTOMER, Company, LAN, PARTNER};

use super::{room, trade::Trade};
use crate::installation::{Installation, StartError};

/// Everybody's password in the demo.
pub(super) const PASSWORD: &str = "quiet-river-42";

pub(super) struct Seed<'a> {
    pub(super) installation: &'a Installation,
    pub(super) hash: PasswordHash,
}

impl<'a> Seed<'a> {
    pub(super) async fn new(installation: &'a Installation) -> Result<Self, StartError> {
        let hash = PasswordHash::of(PASSWORD.to_owned()).await;
        Ok(Self {
            installation,
            hash: hash.map_err(|error| StartError::Room(error.to_string()))?,
        })
    }

    /// Makes them.
    pub(super) async fn run(&self) -> Result<(), StartError> {
        let reviewer = self
            .staff("hoa.le@vngcloud.example", "Lê Thị Hoa", StaffRole::Reviewer)
            .await?;
        let lead = self
            .staff("quang.vu@vngcloud.example", "Vũ Minh Quang", StaffRole::Lead)
            .await?;
        self.staff("nga.do@vngcloud.example", "Đỗ Thanh Nga", StaffRole::Auditor)
            .await?;

        let partner = self.company(PARTNER, "Phạm Quốc Hùng").await?;
        let applied = self.submit(&partner, PARTNER.3).await?;
        self.advance_hours(20);
        self.approve(&reviewer, &applied).await?;
        let mut trade = Trade::begin(self, partner, reviewer.clone(), lead);
        let mut partners = Vec::new();
        for (company, days, hours) in APPROVED {
            trade.until(days).await?;
            self.advance_to(Timestamp::now() - SignedDuration::from_hours(24 * days));
            let applicant = self.company(company, &name_from(company.0)).await?;
            let applied = self.submit(&applicant, company.3).await?;
            self.advance_hours(hours);
            self.approve(&reviewer, &applied).await?;
            partners.push(applicant);
        }
        self.reject_one(&reviewer).await?;
        for (company, hours) in WAITING {
            trade.until(hours.div_euclid(24)).await?;
            self.advance_to(Timestamp::now() - SignedDuration::from_hours(hours));
            let applicant = self.company(company, &name_from(company.0)).await?;
            self.submit(&applicant, company.3).await?;
        }
        trade.until(0).await?;
        if let Some(other) = partners.first() {
            trade.another_asks(other).await?;
        }
        self.newcomers().await
    }

    async fn reject_one(&self, reviewer: &Caller) -> Result<(), StartError> {
        let applicant = self.company(REJECTED, "Cao Hoàng Phúc").await?;
        let applied = self.submit(&applicant, REJECTED.3).await?;
        self.advance_hours(30);
        let desk = &self.installation.rooms.desk;
        service::take(desk, reviewer.clone(), applied.id)
            .await
            .map_err(|error| room(&error))?;
        let words = words(
            "The tax code belongs to a company that was dissolved in March. Please apply again with the present one.",
        )?;
        let reason = RejectionReason::DetailsDoNotMatch;
        service::reject(desk, reviewer.clone(), applied.id, reason, words, None)
            .await
            .map_err(|error| room(&error))?;
        Ok(())
    }

    /// Those who have not applied yet: what a newcomer to the demo signs in as.
    async fn newcomers(&self) -> Result<(), StartError> {
        let ready = self.company(READY, "Trần Ngọc Lan").await?;
        self.account(
            "an.nguyen@example.vn",
            "Nguyễn Hoài An",
            Class::Individual,
            Language::English,
        )
        .await?;
        let app = &self.installation.app;
        let work = Work::begin(app, Caller::system()).await?;
        let iam = NewIam {
            id: UserId(work.new_id()),
            account: ready.account,
            email: address("minh.le@saomai.example")?,
            email_verified_at: Some(work.now()),
            user_name: "minh".to_owned(),
            name: "Lê Nhật Minh".to_owned(),
            language: Language::English,
            password: self.hash.clone(),
            grants: platform::Grants::default(),
        };
        store::insert_iam(work.tx(), iam, work.now()).await?;
        work.commit().await?;
        Ok(())
    }

    pub(super) fn advance_hours(&self, hours: i64) {
        self.installation
            .app
            .clock()
            .advance(SignedDuration::from_hours(hours));
    }

    /// Never back: steps overlap where a decision took long.
    pub(super) fn advance_to(&self, time: Timestamp) {
        let clock = self.installation.app.clock();
        clock.advance(time.duration_since(clock.now()));
    }

    pub(super) async fn company(&self, company: Company, name: &str) -> Result<Applicant, StartError> {
        let (email, legal_name, code, language) = company;
        let tax_code = TaxCode::parse(Country::VIETNAM, code).map_err(|error| room(&error))?;
        let class = Class::Enterprise(Enterprise {
            legal_name: legal_name.to_owned(),
            tax_code,
        });
        self.account(email, name, class, language).await
    }

    pub(super) async fn account(
        &self,
        email: &str,
        name: &str,
        class: Class,
        language: Language,
    ) -> Result<Applicant, StartError> {
        let work = Work::begin(&self.installation.app, Caller::system()).await?;
        let new = NewAccount {
            id: AccountId(work.new_id()),
            root: UserId(work.new_id()),
            class,
            phone: "+84 24 7300 8855".to_owned(),
            payment_mode: PaymentMode::Prepaid,
            email: address(email)?,
            name: name.to_owned(),
            language,
            password: Some(self.hash.clone()),
            email_verified_at: Some(work.now()),
            created_at: work.now(),
        };
        store::insert(work.tx(), &new).await?;
        work.commit().await?;
        let root = Actor::Root {
            user: new.root,
            account: new.id,
            name: new.name,
        };
        Ok(Applicant {
            account: new.id,
            root,
        })
    }

    /// The reviewers of the crowd's cases: the sample's, and these.
    pub(super) async fn reviewers(
        &self,
        more: Vec<(String, String)>,
    ) -> Result<Vec<StaffMember>, StartError> {
        for (name, email) in &more {
            self.staff(email, name, StaffRole::Reviewer).await?;
        }
        let all = store::all_staff(self.installation.app.db().read()).await?;
        let colleague = |person: accounts::person::Person| match person.capacity {
            platform::actor::Capacity::Staff {
                staff,
                role: role @ StaffRole::Reviewer,
            } => Some(StaffMember::new(staff, person.name, role, &person.email, &[])),
            _ => None,
        };
        Ok(all.into_iter().filter_map(colleague).collect())
    }

    async fn staff(&self, email: &str, name: &str, role: StaffRole) -> Result<Caller, StartError> {
        let work = Work::begin(&self.installation.app, Caller::system()).await?;
        let new = NewStaff {
            id: StaffId(work.new_id()),
            email: address(email)?,
            name: name.to_owned(),
            role,
            language: Language::English,
            password: Some(self.hash.clone()),
        };
        let actor = Actor::Staff {
            staff: new.id,
            name: new.name.clone(),
        };
        store::insert_staff(work.tx(), new, work.now()).await?;
        work.commit().await?;
        Ok(Caller { actor, origin: None })
    }

    async fn submit(&self, by: &Applicant, language: Language) -> Result<Registration, StartError> {
        let desk = &self.installation.rooms.desk;
        let text = desk.terms().current(language);
        let acceptance = Acceptance {
            version: text.version.clone(),
            hash: text.hash.clone(),
            language,
        };
        match service::submit(desk, by.caller(), by.account, &acceptance)
            .await
            .map_err(|error| room(&error))?
        {
            Submission::Taken(registration) | Submission::Already(registration) => Ok(registration),
        }
    }

    async fn approve(&self, by: &Caller, registration: &Registration) -> Result<(), StartError> {
        let desk = &self.installation.rooms.desk;
        service::take(desk, by.clone(), registration.id)
            .await
            .map_err(|error| room(&error))?;
        service::approve(desk, by.clone(), registration.id)
            .await
            .map_err(|error| room(&error))?;
        Ok(())
    }
}

/// Who can apply, or do business.
pub(super) struct Applicant {
    pub(super) account: AccountId,
    root: Actor,
}

impl Applicant {
    /// As the root user.
    pub(super) fn caller(&self) -> Caller {
        Caller {
            actor: self.root.clone(),
            origin: None,
        }
    }
}

pub(super) fn address(text: &str) -> Result<EmailAddress, StartError> {
    text.parse().map_err(|error| room(&error))
}

pub(super) fn words(text: &str) -> Result<Words, StartError> {
    Words::parse(text).map_err(|error| room(&error))
}

/// `thao.ngo@…` is called Thao Ngo.
fn name_from(email: &str) -> String {
    let words = email.split('@').next().unwrap_or(email).split('.');
    let capitalised = words.map(|word| {
        let mut letters = word.chars();
        letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(letters)
            .collect::<String>()
    });
    capitalised.collect::<Vec<_>>().join(" ")
}
