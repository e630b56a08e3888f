//! The pages of staff: the queue, a case, decisions.

use platform::web::Routes;

use crate::desk::Desk;

/// Their routes.
pub(crate) fn routes(routes: Routes<Desk>) -> Routes<Desk> {
    routes
}
