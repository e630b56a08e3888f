//! The same use cases as JSON.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use jiff::Timestamp;
use kernel::UserId;
use platform::{
    Grant,
    api::{
        self, Body, FieldProblem, Id, Kind, Mounted, Op, Problem, Routes, Scope,
        problem::{INVALID, TOO_MANY},
    },
    web::{Fault, Need, Shell},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Team, draft,
    draft::Typed,
    rules::{self, State as Stand},
    service::{self, TeamError},
    store,
};

const FULL: Kind = Kind::new("team-full", StatusCode::CONFLICT);
const TAKEN: Kind = Kind::new("team-member-exists", StatusCode::CONFLICT);
const JOINED: Kind = Kind::new("team-member-joined", StatusCode::CONFLICT);

/// The routes.
pub(crate) fn mount(room: &Team) -> Mounted {
    let op = |id, summary| Op::new(id, summary, Need::Root, Scope::TeamManage);
    Routes::new(
        "Team",
        "Who works for the caller's account: its IAM users, and who is invited.",
    )
    .get(
        "/api/v1/team",
        op("listTeam", "Lists the team, by name")
            .about("All of it: a team is small.")
            .returns_list::<Member>(),
        list,
    )
    .post(
        "/api/v1/team",
        op("inviteMember", "Invites somebody by email")
            .about("The letter holds a link that works once, on which the person sets a password.")
            .body::<Invitation>()
            .creates::<Member>()
            .problems(&[FULL, TAKEN, TOO_MANY]),
        invite,
    )
    .get(
        "/api/v1/team/{id}",
        op("getMember", "Gets a member").returns::<Member>().versioned(),
        get,
    )
    .patch(
        "/api/v1/team/{id}",
        op("changeMember", "Changes what a member may do")
            .about("It holds from the member's next request on, also for sessions and tokens that are there.")
            .body::<Change>()
            .returns::<Member>()
            .versioned(),
        change,
    )
    .post(
        "/api/v1/team/{id}/send-again",
        op(
            "sendInvitationAgain",
            "Sends an invitation again, with a new link",
        )
        .about("The link of the letter before no longer works.")
        .returns::<Member>()
        .versioned()
        .problems(&[JOINED, TOO_MANY]),
        send_again,
    )
    .delete(
        "/api/v1/team/{id}",
        op("removeMember", "Removes a member, or calls an invitation back")
            .about("The member's sessions and tokens end at once.")
            .versioned(),
        remove,
    )
    .with_state(room.clone())
}

/// Somebody of the team.
#[derive(Serialize, ToSchema)]
#[schema(as = TeamMember)]
struct Member {
    id: Uuid,
    name: String,
    /// The person's own address: for letters only.
    email: String,
    /// What the person signs in with, beside the root user's address.
    user_name: String,
    grants: Vec<GrantName>,
    state: MemberState,
    /// Since when the person may sign in.
    #[schema(required = true)]
    joined_at: Option<Timestamp>,
    /// Until when the link of the newest letter works.
    #[schema(required = true)]
    invitation_expires_at: Option<Timestamp>,
    /// To be looked for within a year.
    #[schema(required = true)]
    last_sign_in_at: Option<Timestamp>,
}

/// Where somebody of the team stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TeamMemberState)]
enum MemberState {
    Invited,
    Expired,
    Active,
}

/// What may be granted.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Grant)]
enum GrantName {
    /// See and manage customers.
    Customers,
    /// See and move credit.
    Credit,
    /// See and manage discounts.
    Discounts,
    /// See all three, change nothing.
    ReadOnly,
}

impl From<Grant> for GrantName {
    fn from(grant: Grant) -> Self {
        match grant {
            Grant::Customers => Self::Customers,
            Grant::Credit => Self::Credit,
            Grant::Discounts => Self::Discounts,
            Grant::ReadOnly => Self::ReadOnly,
        }
    }
}

/// Whom to invite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TeamInvitation)]
struct Invitation {
    #[schema(example = "minh.le@saomai.example")]
    email: String,
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// Small letters, digits, dots, hyphens and underscores; without it, what stands before the @.
    #[serde(default)]
    #[schema(example = "minh.le", max_length = 40)]
    user_name: Option<String>,
    /// `en` or `vi`; of the letter. Without it, that of the request.
    #[serde(default)]
    #[schema(pattern = "^(en|vi)$")]
    language: Option<String>,
    /// At least one of `customers`, `credit`, `discounts` and `read_only`.
    #[schema(min_items = 1, example = json!(["customers"]))]
    grants: Vec<String>,
}

/// What a member may do from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TeamMemberChange)]
struct Change {
    /// At least one of `customers`, `credit`, `discounts` and `read_only`.
    #[schema(min_items = 1, example = json!(["credit", "read_only"]))]
    grants: Vec<String>,
}

impl Member {
    fn new(member: &rules::Member, last_sign_in_at: Option<Timestamp>, now: Timestamp) -> Self {
        let (joined_at, invitation_expires_at) = match member.state {
            Stand::Invited { expires_at, .. } => (None, Some(expires_at)),
            Stand::Active { since } => (Some(since), None),
        };
        Self {
            id: member.id.into(),
            name: member.name.clone(),
            email: member.email.to_string(),
            user_name: member.user_name.to_string(),
            grants: member.grants.iter().map(GrantName::from).collect(),
            state: if member.has_expired(now) {
                MemberState::Expired
            } else if member.is_invited() {
                MemberState::Invited
            } else {
                MemberState::Active
            },
            joined_at,
            invitation_expires_at,
            last_sign_in_at,
        }
    }
}

async fn views(room: &Team, members: &[rules::Member]) -> Result<Vec<Member>, Fault> {
    let ids: Vec<Uuid> = members.iter().map(|member| member.id.into()).collect();
    let last = identity::last_sign_ins(room.app().db().read(), &ids).await?;
    let now = room.app().clock().now();
    let view = |member: &rules::Member| Member::new(member, last.get(&member.id.into()).copied(), now);
    Ok(members.iter().map(view).collect())
}

/// As it is now, with its version.
async fn shown(room: &Team, shell: &Shell, id: UserId) -> Result<Response, Fault> {
    api::versioned(room.app(), id, async {
        let member = find(room, shell, id).await?;
        let mut views = views(room, &[member]).await?;
        views.pop().ok_or_else(Fault::not_found)
    })
    .await
}

/// A member of the caller's account, unless it changed since the caller saw it.
async fn seen(room: &Team, shell: &Shell, headers: &HeaderMap, id: UserId) -> Result<rules::Member, Fault> {
    let found = find(room, shell, id).await?;
    api::precondition(room.app(), headers, id).await?;
    Ok(found)
}

async fn find(room: &Team, shell: &Shell, id: UserId) -> Result<rules::Member, Fault> {
    store::find(room.app().db().read(), shell.account()?, id)
        .await?
        .ok_or_else(Fault::not_found)
}

fn refused(shell: &Shell, error: TeamError) -> Fault {
    let l = &shell.l;
    match error {
        TeamError::Unknown => Fault::not_found(),
        TeamError::Db(error) => error.into(),
        TeamError::Joined => Problem::new(JOINED).into(),
        TeamError::Full(most) => Problem::new(FULL)
            .detail(l.t1("team-error-full", "most", most))
            .into(),
        TeamError::EmailTaken => Problem::new(TAKEN)
            .error(FieldProblem::at("/email", l.t("team-error-email-taken")))
            .into(),
        TeamError::UserNameTaken(name) => Problem::new(TAKEN)
            .error(FieldProblem::at(
                "/user_name",
                l.say("team-error-user-name-taken", "name", name),
            ))
            .into(),
        TeamError::TooManyToday(most) => Problem::new(TOO_MANY)
            .detail(l.t1("team-error-too-many-today", "most", most))
            .into(),
        TeamError::TooManyLetters(_) => Problem::new(TOO_MANY)
            .detail(l.t("team-too-many-letters-text"))
            .into(),
    }
}

async fn list(State(room): State<Team>, shell: Shell) -> Result<Response, Fault> {
    let members = store::of_account(room.app().db().read(), shell.account()?).await?;
    api::json(&views(&room, &members).await?)
}

async fn invite(
    State(room): State<Team>,
    shell: Shell,
    Body(sent): Body<Invitation>,
) -> Result<Response, Fault> {
    let typed = Typed {
        email: &sent.email,
        name: &sent.name,
        user_name: sent.user_name.as_deref().unwrap_or_default(),
        language: sent.language.as_deref().unwrap_or_default(),
        grants: &sent.grants,
    };
    let new = typed.parse(&shell.l).map_err(|errors| Problem::fields(&errors))?;
    let member = service::invite(&room, shell.caller(), shell.account()?, new)
        .await
        .map_err(|error| refused(&shell, error))?;
    let view = Member::new(&member, None, shell.now());
    api::created(&format!("/api/v1/team/{}", member.id), &view)
}

async fn get(State(room): State<Team>, shell: Shell, Id(id): Id<UserId>) -> Result<Response, Fault> {
    shown(&room, &shell, id).await
}

async fn change(
    State(room): State<Team>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<UserId>,
    Body(sent): Body<Change>,
) -> Result<Response, Fault> {
    seen(&room, &shell, &headers, id).await?;
    let grants = draft::grants(&shell.l, &sent.grants)
        .map_err(|detail| Problem::new(INVALID).error(FieldProblem::at("/grants", detail)))?;
    service::change(&room, shell.caller(), shell.account()?, id, grants)
        .await
        .map_err(|error| refused(&shell, error))?;
    shown(&room, &shell, id).await
}

async fn send_again(
    State(room): State<Team>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<UserId>,
) -> Result<Response, Fault> {
    seen(&room, &shell, &headers, id).await?;
    service::send_again(&room, shell.caller(), shell.account()?, id)
        .await
        .map_err(|error| refused(&shell, error))?;
    shown(&room, &shell, id).await
}

async fn remove(
    State(room): State<Team>,
    shell: Shell,
    headers: HeaderMap,
    Id(id): Id<UserId>,
) -> Result<Response, Fault> {
    seen(&room, &shell, &headers, id).await?;
    service::remove(&room, shell.caller(), shell.account()?, id)
        .await
        .map_err(|error| refused(&shell, error))?;
    Ok(api::nothing())
}
