//! Markdown as HTML for our pages: raw HTML is shown as text, headings get ids and step down a level.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

/// HTML that was made from Markdown, safe to put into a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Html {
    /// The title: the text of the first heading of level 1, which is left out of the body. Empty without one.
    pub title: String,
    /// The body.
    pub body: String,
    /// The headings of level 2, from first to last.
    pub headings: Vec<Heading>,
}

/// A heading that can be jumped to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its id in the page.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// Makes HTML. Links lead to the web, to mail or within the page; others lose their target.
#[must_use]
pub fn to_html(markdown: &str) -> Html {
    let mut made = Html {
        title: String::new(),
        body: String::new(),
        headings: Vec::new(),
    };
    let mut events: Vec<Event<'_>> = Parser::new_ext(markdown, Options::ENABLE_TABLES)
        .map(harmless)
        .collect();
    if let Some(end) = title_end(&events) {
        made.title = text_of(&events[..end]);
        events.drain(..=end);
    }
    for at in 0..events.len() {
        let Event::Start(Tag::Heading {
            level: HeadingLevel::H2,
            ..
        }) = events[at]
        else {
            continue;
        };
        let rest = &events[at..];
        let end = rest
            .iter()
            .position(|event| matches!(event, Event::End(TagEnd::Heading(_))))
            .unwrap_or(0);
        let id = format!("s{}", made.headings.len() + 1);
        made.headings.push(Heading {
            id: id.clone(),
            text: text_of(&rest[..end]),
        });
        if let Event::Start(Tag::Heading { id: anchor, .. }) = &mut events[at] {
            *anchor = Some(CowStr::from(id));
        }
    }
    push_html(&mut made.body, events.into_iter().map(step_down));
    made
}

/// Where the title ends, if the text begins with one.
fn title_end(events: &[Event<'_>]) -> Option<usize> {
    matches!(
        events.first()?,
        Event::Start(Tag::Heading {
            level: HeadingLevel::H1,
            ..
        })
    )
    .then_some(())?;
    events
        .iter()
        .position(|event| matches!(event, Event::End(TagEnd::Heading(HeadingLevel::H1))))
}

fn text_of(events: &[Event<'_>]) -> String {
    let parts = events.iter().map(|event| match event {
        Event::Text(part) | Event::Code(part) => part.as_ref(),
        _ => "",
    });
    parts.collect()
}

/// The page has a level 1, and the part that shows the terms a level 2, of its own.
fn step_down(event: Event<'_>) -> Event<'_> {
    let lower = |level| match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    };
    match event {
        Event::Start(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) => Event::Start(Tag::Heading {
            level: lower(level),
            id,
            classes,
            attrs,
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
        other => other,
    }
}

fn harmless(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => {
            let fine = ["https://", "http://", "mailto:", "#"]
                .iter()
                .any(|start| dest_url.starts_with(start));
            let dest_url = if fine { dest_url } else { CowStr::from("#") };
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            })
        }
        // Nothing is loaded from elsewhere; the words that stand for the picture remain.
        Event::Start(Tag::Image { .. }) => Event::Start(Tag::Emphasis),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Emphasis),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn headings_get_ids_and_the_title_is_taken_out() {
        let made = to_html("# Partner terms\n\nHello.\n\n## 1. Who\n\n## 2. *What*\n\n### Detail\n");
        assert_eq!(made.title, "Partner terms");
        let headings: Vec<_> = made
            .headings
            .iter()
            .map(|one| (one.id.as_str(), one.text.as_str()))
            .collect();
        assert_eq!(headings, [("s1", "1. Who"), ("s2", "2. What")]);
        insta::assert_snapshot!(made.body, @r#"
        <p>Hello.</p>
        <h3 id="s1">1. Who</h3>
        <h3 id="s2">2. <em>What</em></h3>
        <h4>Detail</h4>
        "#);
    }

    #[test]
    fn raw_html_and_scripts_are_only_text() {
        let made = to_html(
            "<script>alert(1)</script>\n\nA <b onclick=x>b</b> [c](javascript:alert(1)) ![d](http://e/f.png)\n",
        );
        assert!(
            !made.body.contains("<script") && !made.body.contains("<b "),
            "{}",
            made.body
        );
        assert!(
            !made.body.contains("javascript:") && !made.body.contains("<img"),
            "{}",
            made.body
        );
        assert!(made.body.contains("&lt;script&gt;"), "{}", made.body);
    }
}
