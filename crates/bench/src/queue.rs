//! The review queue of a large installation against that of a small one.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use http_body_util::Full;
use hyper::{Request, StatusCode};
use platform::actor::Capacity;
use portico::demo::Size;

use crate::{
    Result,
    load::{Ask, once},
    people,
    process::Server,
    report::{Aim, Figure, median},
    stage::{Site, Stage},
};

pub(crate) const ABOUT: &str = "\
`GET /staff/registrations` by a lead, one request at a time, on an installation of 1,000 registrations of 10,000 accounts
and on one of 100,000 registrations of 1,000,000 accounts (`--accounts`, `--registrations`), both made by `portico sample`. Each
sample is the median of 15 requests to each, in turn. The words are those of names in the sample: a name is of two to three
of 72 syllables, so that each of them is in three of a hundred names. A name that is found once or twice in the small
installation fills pages in the large one: beside the rows to show, all entries of each word (some 8,000) are listed there.";

/// The small installation.
const SMALL: Size = Size {
    accounts: 10_000,
    registrations: 1_000,
};

/// What is asked, and how it is called.
const ASKED: [(&str, &str); 9] = [
    ("first page", ""),
    ("approved", "?state=approved"),
    ("nobody's", "?who=nobody"),
    ("search: rare words (a tax code)", "?state=all&q=TAX"),
    ("search: a name (sao mai)", "?state=all&q=sao+mai"),
    ("search: a name, waiting only", "?q=sao+mai"),
    ("search: one word (thịnh)", "?state=all&q=th%E1%BB%8Bnh"),
    ("search: common words (công ty)", "?state=all&q=c%C3%B4ng+ty"),
    ("search: nothing found", "?state=all&q=zebra+crossing"),
];

/// How often each is asked for one sample.
const ASKS: usize = 15;

pub(crate) async fn run(stage: &Stage) -> Result<Vec<Figure>> {
    let large = Size {
        accounts: stage.accounts,
        registrations: stage.registrations,
    };
    let small = Queue::open(stage, SMALL).await?;
    let large = Queue::open(stage, large).await?;
    let mut figures = Vec::new();
    for (what, query) in ASKED {
        let (mut of_small, mut of_large) = (Vec::new(), Vec::new());
        // The first is to warm up.
        for _ in 0..=stage.rounds {
            let (mut little, mut much) = (Vec::new(), Vec::new());
            for _ in 0..ASKS {
                little.push(small.ask(query).await?);
                much.push(large.ask(query).await?);
            }
            of_small.push(median(little));
            of_large.push(median(much));
        }
        let (of_small, of_large) = (&of_small[1..], &of_large[1..]);
        let ratios = of_large.iter().zip(of_small).map(|(large, small)| large / small);
        figures.push(Figure::new(&format!("{what}, small"), "ms", of_small.to_vec()));
        figures.push(Figure::new(&format!("{what}, large"), "ms", of_large.to_vec()));
        figures.push(
            Figure::new(&format!("**{what}, large ÷ small**"), "", ratios.collect()).aim(Aim::AtMost(2.0)),
        );
    }
    small.product.stop().await?;
    large.product.stop().await?;
    Ok(figures)
}

struct Queue {
    product: Server,
    cookie: String,
    /// A tax code that was applied with.
    tax_code: String,
    /// Its data folder goes with it.
    _site: Site,
}

impl Queue {
    async fn open(stage: &Stage, size: Size) -> Result<Self> {
        let place = stage.site().await?;
        place.fill(size).await?;
        let installation = place.open().await?;
        let db = installation.app.db();
        let staff = accounts::store::all_staff(db.read()).await?;
        let is_lead = |person: &&accounts::person::Person| match person.capacity {
            Capacity::Staff { role, .. } => role.may(platform::Permission::LeadRegistrations),
            _ => false,
        };
        let lead = staff.iter().find(is_lead).ok_or("the sample has a lead")?;
        let tx = db.begin().await?;
        let cookie = people::open_session(&installation.app, &tx, "staff", lead.id()).await?;
        tx.commit().await?;
        let search = registration::store::Search {
            state: Some(registration::rules::StateKind::Approved),
            limit: 1,
            ..registration::store::Search::default()
        };
        let found = registration::store::search(db, &search).await?.registrations;
        let found = found.first().ok_or("the sample has partners")?;
        let tax_code = found.applicant.tax_code.to_string();
        db.clone().close().await?;
        Ok(Self {
            product: stage.serve(&place).await?,
            cookie,
            tax_code,
            _site: place,
        })
    }

    /// How long a page takes, in milliseconds.
    async fn ask(&self, query: &str) -> Result<f64> {
        let path = format!("/staff/registrations{}", query.replace("TAX", &self.tax_code));
        let ask = request(self.product.address, &path, &self.cookie)?;
        let begun = Instant::now();
        let (status, page) = once(self.product.address, ask).await?;
        let took: Duration = begun.elapsed();
        if status != StatusCode::OK {
            return Err(format!(
                "{path} was answered {status}:\n{}",
                String::from_utf8_lossy(&page)
            )
            .into());
        }
        Ok(took.as_secs_f64() * 1000.0)
    }
}

fn request(server: SocketAddr, path: &str, cookie: &str) -> Result<Ask> {
    let request = Request::get(path)
        .header("host", server.to_string())
        .header("accept", "text/html")
        .header("accept-language", "en")
        .header("cookie", cookie);
    Ok(request.body(Full::default())?)
}
