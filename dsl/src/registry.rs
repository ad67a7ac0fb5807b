//! Lists of workflows, for the commands.

use std::path::{Path, PathBuf};

use crate::plan::{Plan, RustLocation};
use crate::workflow::{QueryLanguage, Workflow};

/// The workflows of a crate, in reading order: what `cargo xtask gen`, `preview` and `check` work on.
///
/// Made with [`registry!`](crate::registry!).
#[derive(Debug)]
pub struct Registry {
    home: PathBuf,
    entries: Vec<Entry>,
}

/// A workflow of a [`Registry`].
#[derive(Debug)]
pub struct Entry {
    /// The name in CamelCase: `OrderFulfilment`.
    pub name: &'static str,
    /// The name of its file and on the command line: `order-fulfilment`.
    pub slug: String,
    /// The query language that it is written for.
    pub query_language: QueryLanguage,
    /// Where it is defined.
    pub location: RustLocation,
    plan: Box<dyn PlanFn>,
}

trait PlanFn: std::fmt::Debug {
    fn plan(&self) -> Plan;
}

impl<I, O> PlanFn for Workflow<I, O> {
    fn plan(&self) -> Plan {
        self.plan()
    }
}

impl Entry {
    /// Runs the workflow function and returns what it built.
    pub fn plan(&self) -> Plan {
        self.plan.plan()
    }
}

impl Registry {
    /// An empty list. `home` is the folder of the crate that the workflows belong to: the commands write below it by default.
    pub fn new(home: impl Into<PathBuf>) -> Self {
        Self { home: home.into(), entries: Vec::new() }
    }

    /// Adds a workflow.
    #[must_use]
    pub fn with<I: 'static, O: 'static>(mut self, workflow: Workflow<I, O>) -> Self {
        self.entries.push(Entry {
            name: workflow.name(),
            slug: workflow.slug(),
            query_language: workflow.query_language(),
            location: workflow.location(),
            plan: Box::new(workflow),
        });
        self
    }

    /// The folder of the crate that the workflows belong to.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The workflows, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The workflow of this name, however it is spelt: `OrderFulfilment`, `order_fulfilment` or `order-fulfilment`.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        let slug = name.replace('_', "-");
        self.entries.iter().find(|entry| entry.name == name || entry.slug == slug)
    }
}

/// Lists the workflows of a crate: `registry![hello, order_fulfilment]`.
///
/// ```
/// use stepwright::prelude::*;
///
/// #[workflow]
/// fn hello(s: &mut Scope, name: Ref<String>) -> Ref<String> {
///     s.pass("Greet", fmt!("Hello, {}!", name))
/// }
///
/// let registry = registry![hello];
/// assert!(registry.find("Hello").is_some());
/// ```
#[macro_export]
macro_rules! registry {
    ($($workflow:path),* $(,)?) => {
        $crate::Registry::new(::core::env!("CARGO_MANIFEST_DIR"))$(.with($workflow()))*
    };
}
