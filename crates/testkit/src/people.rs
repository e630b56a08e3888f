//! Accounts and staff that a test begins with. Signing up has its own tests.

use accounts::{
    account::{Account, Class, Enterprise, PaymentMode},
    password::PasswordHash,
    store::{NewAccount, NewIam, NewStaff, insert, insert_iam, insert_staff, set_managed_by},
};
use customers::rules::{Customer, EndCause, FriendlyName, NewCustomer, Role};
use kernel::{
    AccountId, Language,
    tax_code::{Country, TaxCode},
};
use platform::{Grant, StaffRole};
use registration::rules::{AcceptedTerms, Applicant, Registration, State};
use tokio::sync::OnceCell;

use crate::TestApp;

/// Everybody's password.
pub const PASSWORD: &str = "three green boats";

async fn hash() -> PasswordHash {
    // Hashing is slow by design: once for all people of a test run.
    static HASH: OnceCell<PasswordHash> = OnceCell::const_new();
    HASH.get_or_init(async || PasswordHash::of(PASSWORD.to_owned()).await.expect("a hash"))
        .await
        .clone()
}

impl TestApp {
    /// A company's account: nothing stands between it and applying.
    pub async fn enterprise(&self, email: &str, legal_name: &str, tax_code: &str) -> AccountId {
        let tax_code = TaxCode::parse(Country::VIETNAM, tax_code).expect("a tax code");
        let class = Class::Enterprise(Enterprise {
            legal_name: legal_name.to_owned(),
            tax_code,
        });
        self.account(email, class, Language::English).await
    }

    /// A company's account that is a partner: its registration is approved.
    pub async fn partner(&self, email: &str, legal_name: &str, tax_code: &str) -> AccountId {
        let id = self.enterprise(email, legal_name, tax_code).await;
        self.make_partner(id).await;
        id
    }

    /// Approves a company's registration.
    pub async fn make_partner(&self, id: AccountId) {
        let tx = self.app().db().begin().await.expect("a transaction");
        let account = accounts::store::lock_account(&tx, id).await.expect("a query");
        let account = account.expect("an account");
        let registration = self.approved_registration(&account);
        registration::store::insert(&tx, &registration, None)
            .await
            .expect("a registration");
        tx.commit().await.expect("committed");
        self.app().announce(id.into());
    }

    fn approved_registration(&self, of: &Account) -> Registration {
        let company = of.enterprise().expect("a company's account");
        let now = self.now();
        Registration {
            id: self.app().new_id().into(),
            account: of.id,
            applicant: Applicant {
                legal_name: company.legal_name.clone(),
                tax_code: company.tax_code.clone(),
                email: of.root.email.clone(),
            },
            language: of.root.language,
            submitted_at: now,
            terms: AcceptedTerms {
                version: "test".to_owned(),
                hash: "test".to_owned(),
                language: of.root.language,
                at: now,
                origin: None,
                user: of.root.id,
                person: of.root.name.clone(),
            },
            reviewer: None,
            state: State::Approved {
                at: now,
                by: self.app().new_id().into(),
            },
        }
    }

    /// A person's account.
    pub async fn individual(&self, email: &str) -> AccountId {
        self.account(email, Class::Individual, Language::English).await
    }

    /// An account of any class; its root user is called after the address.
    pub async fn account(&self, email: &str, class: Class, language: Language) -> AccountId {
        let new = NewAccount {
            id: self.app().new_id().into(),
            root: self.app().new_id().into(),
            class,
            phone: "+84 28 1234 5678".to_owned(),
            payment_mode: PaymentMode::Prepaid,
            email: email.parse().expect("an address"),
            name: format!("Root of {email}"),
            language,
            password: Some(hash().await),
            email_verified_at: Some(self.now()),
            created_at: self.now(),
        };
        let tx = self.app().db().begin().await.expect("a transaction");
        insert(&tx, &new).await.expect("an account");
        tx.commit().await.expect("committed");
        new.id
    }

    /// An IAM user of an account.
    pub async fn iam_user(&self, account: AccountId, user_name: &str) {
        self.iam_user_who(account, user_name, &[]).await;
    }

    /// An IAM user of an account, with what the root user granted.
    pub async fn iam_user_who(&self, account: AccountId, user_name: &str, may: &[Grant]) {
        let new = NewIam {
            id: self.app().new_id().into(),
            account,
            email: format!("{user_name}@iam.example").parse().expect("an address"),
            email_verified_at: None,
            user_name: user_name.to_owned(),
            name: format!("IAM user {user_name}"),
            language: Language::English,
            password: hash().await,
            grants: may.iter().copied().collect(),
        };
        let tx = self.app().db().begin().await.expect("a transaction");
        insert_iam(&tx, new, self.now()).await.expect("an IAM user");
        tx.commit().await.expect("committed");
    }

    /// One of the provider's people.
    pub async fn staff(&self, email: &str, role: StaffRole) {
        let new = NewStaff {
            id: self.app().new_id().into(),
            email: email.parse().expect("an address"),
            name: format!("Staff {email}"),
            role,
            language: Language::English,
            password: Some(hash().await),
        };
        let tx = self.app().db().begin().await.expect("a transaction");
        insert_staff(&tx, new, self.now())
            .await
            .expect("a member of the staff");
        tx.commit().await.expect("committed");
    }

    /// Makes an account the customer of a partner, and no longer of the one before.
    pub async fn make_customer_of(&self, account: AccountId, partner: AccountId) {
        let account = self.found(account).await;
        self.relate(&account, partner, account.display_name()).await;
    }

    /// An active customer of a partner, new to nobody: an individual's account that the partner calls `name`.
    pub async fn customer(
        &self,
        partner: impl std::borrow::Borrow<AccountId>,
        email: &str,
        name: &str,
    ) -> AccountId {
        let account = self.individual(email).await;
        self.relate(&self.found(account).await, *partner.borrow(), name)
            .await;
        account
    }

    async fn found(&self, account: AccountId) -> Account {
        let found = accounts::store::account(self.app().db().read(), account).await;
        found.expect("a query").expect("an account")
    }

    async fn relate(&self, account: &Account, partner: AccountId, name: &str) {
        let (now, tx) = (self.now(), self.app().db().begin().await.expect("a transaction"));
        let before = customers::store::of_account(&tx, account.id).await;
        for relation in before.expect("relations") {
            if let Ok(ended) = relation.end(EndCause::Transfer, now) {
                let ended = customers::store::update(&tx, &ended, None).await;
                ended.expect("the relation before is over");
            }
        }
        let new = NewCustomer {
            id: self.app().new_id().into(),
            partner,
            email: account.root.email.clone(),
            name: FriendlyName::parse(name).expect("a name"),
            role: Role::default(),
            language: Language::English,
        };
        let relation = Customer::receive(new, account.id, now);
        customers::store::insert(&tx, &relation, None)
            .await
            .expect("a customer");
        set_managed_by(&tx, account.id, Some(partner))
            .await
            .expect("a customer");
        tx.commit().await.expect("committed");
        self.app().announce(account.id.into());
    }
}
