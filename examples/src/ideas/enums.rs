//! An enum taken apart: a `match` that the state machine runs and rustc checks.
//!
//! A variant that is forgotten or misspelt does not compile. What the variants hold is bound by the patterns.
//!
//! ```
//! use stepwright_examples::ideas::enums::{Event, label, on_upload};
//! use stepwright_sim::WorkflowSimulation;
//!
//! let machine = WorkflowSimulation::of(&on_upload())?.on::<label, _>(|args| Ok(format!("{}: a cat", args.key)));
//! let image = Event::Image { key: "a.png".to_owned() };
//! machine.clone().run(image)?.assert_succeeded_with("a.png: a cat");
//! machine.clone().run(Event::Document { pages: 3 })?.assert_succeeded_with("3 pages");
//! machine.run(Event::Deleted)?.assert_succeeded_with("nothing to do").assert_not_visited("Label");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use stepwright::prelude::*;

/// What has happened in the bucket.
#[derive(Data, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Event {
    Image { key: String },
    Document { pages: u32 },
    Deleted,
}

/// Says what is in a picture.
#[task(lambda = "${LabelArn}")]
pub fn label(key: String) -> String;

/// Does what is to be done with an upload.
#[workflow]
pub fn on_upload(s: &mut Scope, event: Ref<Event>) -> Ref<String> {
    choose!(s, "WhatIsIt", event, {
        Event::Image { key } => |s| s.task(label(key)),
        Event::Document { pages } => |_| fmt!("{pages} pages"),
        Event::Deleted => |_| expr!("nothing to do"),
    })
}
