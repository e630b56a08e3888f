//! The same use cases as JSON.

mod applicant;
mod figures;
mod review;
mod views;

use axum::http::StatusCode;
use platform::{
    Denied, Permission,
    api::{
        FieldProblem, Kind, Mounted, Op, Problem, Routes, Scope,
        problem::{INVALID, OWN_ACCOUNT},
    },
    web::{Fault, Need, Shell},
};

use crate::{
    desk::Desk,
    rules::{TransitionError, Words, WordsError},
    service::Refused,
};
use figures::ReviewFigures;
use views::{Decision, Event, LookAlike, Registration, Requirements, Terms};

/// What may go wrong with a registration, besides what may with anything.
const EXISTS: Kind = Kind::new("registration-exists", StatusCode::CONFLICT);
const TERMS_CHANGED: Kind = Kind::new("terms-changed", StatusCode::CONFLICT);
const UNMET: Kind = Kind::new("requirements-not-met", StatusCode::CONFLICT);
const SETTLED: Kind = Kind::new("registration-settled", StatusCode::CONFLICT);
const QUESTION_OPEN: Kind = Kind::new("question-open", StatusCode::CONFLICT);
const NO_QUESTION: Kind = Kind::new("no-question-open", StatusCode::CONFLICT);
const HELD: Kind = Kind::new("held-by-colleague", StatusCode::CONFLICT);
const NOT_TAKEN: Kind = Kind::new("not-taken", StatusCode::CONFLICT);
const DEADLINE: Kind = Kind::new("deadline", StatusCode::CONFLICT);

/// The routes.
pub(crate) fn mount(desk: &Desk) -> Mounted {
    applicants()
        .with_state(desk.clone())
        .and(staff().with_state(desk.clone()))
}

fn applicants() -> Routes<Desk> {
    use applicant as a;
    let read = |id, summary| Op::new(id, summary, Need::Account, Scope::RegistrationsRead);
    let write = |id, summary| Op::new(id, summary, Need::Root, Scope::RegistrationsWrite);
    Routes::new("Applying", "Becoming a partner, for the caller's own account.")
        .get(
            "/api/v1/account/requirements",
            read("checkRequirements", "Checks what the account must satisfy to apply")
                .returns::<Requirements>(),
            a::requirements,
        )
        .get(
            "/api/v1/terms",
            Op::new("getTerms", "Gets the terms and conditions in force", Need::SignedIn, Scope::RegistrationsRead)
                .query::<a::TermsQuery>()
                .returns::<Terms>(),
            a::terms,
        )
        .get(
            "/api/v1/account/registrations",
            read("listOwnRegistrations", "Lists the account's registrations, the newest first")
                .query::<a::ListQuery>()
                .returns_page::<Registration>(),
            a::list,
        )
        .post(
            "/api/v1/account/registrations",
            write("applyAsPartner", "Applies to become a partner")
                .about("All requirements are checked again. Name the terms that were read, as `getTerms` gave them.")
                .body::<a::Application>()
                .creates::<Registration>()
                .problems(&[EXISTS, TERMS_CHANGED, UNMET]),
            a::apply,
        )
        .get(
            "/api/v1/account/registrations/{id}",
            read("getOwnRegistration", "Gets one of the account's registrations")
                .returns::<Registration>()
                .versioned(),
            a::get,
        )
        .get(
            "/api/v1/account/registrations/{id}/timeline",
            read("getOwnTimeline", "Lists what happened to a registration, the oldest first")
                .returns_list::<Event>(),
            a::timeline,
        )
        .post(
            "/api/v1/account/registrations/{id}/answer",
            write("answerQuestion", "Answers the open question; the deadline runs on")
                .body::<a::Answer>()
                .returns::<Registration>()
                .versioned()
                .problems(&[SETTLED, NO_QUESTION]),
            a::answer,
        )
        .post(
            "/api/v1/account/registrations/{id}/withdraw",
            write("withdrawRegistration", "Takes the registration back; the account may apply again")
                .returns::<Registration>()
                .versioned()
                .problem(SETTLED),
            a::withdraw,
        )
}

fn staff() -> Routes<Desk> {
    staff_decide(staff_see())
}

fn staff_see() -> Routes<Desk> {
    use review as r;
    let see = |id, summary| {
        Op::new(
            id,
            summary,
            Need::Staff(Permission::SeeRegistrations),
            Scope::RegistrationsRead,
        )
    };
    Routes::new(
        "Review",
        "Registrations of all accounts, for the provider's staff.",
    )
    .get(
        "/api/v1/registrations",
        see(
            "listRegistrations",
            "Lists and searches registrations, the newest first",
        )
        .query::<r::ListQuery>()
        .returns_page::<Registration>(),
        r::list,
    )
    .get(
        "/api/v1/registrations/figures",
        see(
            "getReviewFigures",
            "Gets how the review stands: what waits, how long decisions take, how many became partners",
        )
        .returns::<ReviewFigures>(),
        r::figures,
    )
    .get(
        "/api/v1/registrations/{id}",
        see("getRegistration", "Gets a registration")
            .returns::<Registration>()
            .versioned(),
        r::get,
    )
    .get(
        "/api/v1/registrations/{id}/timeline",
        see(
            "getTimeline",
            "Lists what happened to a registration, the oldest first",
        )
        .returns_list::<Event>(),
        r::timeline,
    )
    .get(
        "/api/v1/registrations/{id}/look-alikes",
        see(
            "listLookAlikes",
            "Lists other accounts that may be the same company's",
        )
        .returns_list::<LookAlike>(),
        r::look_alikes,
    )
}

fn staff_decide(routes: Routes<Desk>) -> Routes<Desk> {
    use review as r;
    let act = |id, summary, need| {
        Op::new(id, summary, Need::Staff(need), Scope::RegistrationsWrite)
            .versioned()
            .returns::<Registration>()
            .problems(&[SETTLED, HELD, OWN_ACCOUNT])
    };
    let decide = |id, summary| act(id, summary, Permission::DecideRegistrations);
    routes
        .post(
            "/api/v1/registrations/{id}/take",
            decide("takeRegistration", "Takes the case"),
            r::take,
        )
        .post(
            "/api/v1/registrations/{id}/release",
            decide("releaseRegistration", "Gives the case back to the queue").problem(NOT_TAKEN),
            r::release,
        )
        .post(
            "/api/v1/registrations/{id}/hand-over",
            decide("handOverRegistration", "Gives the case to a colleague")
                .body::<r::HandOver>()
                .problem(NOT_TAKEN),
            r::hand_over,
        )
        .post(
            "/api/v1/registrations/{id}/ask",
            decide(
                "askApplicant",
                "Asks the applicant; the deadline stands still until the answer",
            )
            .body::<r::Question>()
            .problems(&[NOT_TAKEN, QUESTION_OPEN]),
            r::ask,
        )
        .post(
            "/api/v1/registrations/{id}/approve",
            decide("approveRegistration", "Makes the account a partner").problems(&[NOT_TAKEN, UNMET]),
            r::approve,
        )
        .post(
            "/api/v1/registrations/{id}/reject",
            decide("rejectRegistration", "Declines")
                .body::<r::Rejection>()
                .problem(NOT_TAKEN),
            r::reject,
        )
        .post(
            "/api/v1/registrations/approve",
            Op::new(
                "approveRegistrations",
                "Approves several, each by itself",
                Need::Staff(Permission::LeadRegistrations),
                Scope::RegistrationsWrite,
            )
            .about(
                "One that cannot be approved keeps no other from it: the answer says what became of each. After \
                 `idempotency-answer-lost` some may be approved and others not: sent with another key, it approves the rest.",
            )
            .body::<r::Several>()
            .returns_list::<Decision>(),
            r::approve_several,
        )
}

/// A refusal of a use case as a problem.
fn refused(shell: &Shell, refused: Refused) -> Fault {
    match refused {
        Refused::Rule(error) => rule(shell, &error),
        other => other.into(),
    }
}

fn rule(shell: &Shell, error: &TransitionError) -> Fault {
    match kind(error) {
        Some(kind) => Problem::new(kind).detail(shell.l.t(error.key())).into(),
        None => Fault::forbidden(),
    }
}

/// The kind of problem that a rule is; none where the role does not allow it.
fn kind(error: &TransitionError) -> Option<Kind> {
    Some(match error {
        TransitionError::Settled(_) => SETTLED,
        TransitionError::QuestionOpen => QUESTION_OPEN,
        TransitionError::NoQuestion => NO_QUESTION,
        TransitionError::HeldBy(_) => HELD,
        TransitionError::NotTaken => NOT_TAKEN,
        TransitionError::Denied(Denied::OwnAccount) => OWN_ACCOUNT,
        TransitionError::Unmet(_) => UNMET,
        TransitionError::Deadline(_) => DEADLINE,
        TransitionError::Denied(Denied::Role) => return None,
    })
}

/// Some words out of a field of the body.
fn words(shell: &Shell, field: &str, text: &str) -> Result<Words, Problem> {
    Words::parse(text).map_err(|error| {
        let detail = match error {
            WordsError::Empty => shell.l.t("problem-field-missing"),
            WordsError::TooLong => shell.l.t1("review-error-long", "max", Words::MAX),
        };
        Problem::new(INVALID).error(FieldProblem::at(format!("/{field}"), detail))
    })
}
