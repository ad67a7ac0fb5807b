//! The services and integrations of the data. Each service is read when it is first asked for something.

use std::fmt;
use std::sync::OnceLock;

use crate::api::model::Operation;
use crate::api::read::{self, Model};
use crate::api::shape::Shape;
use crate::asl::nearest;

const TEXT: &str = include_str!("../../data/api-operations.txt");

/// A service, with the operations that the data has of it.
pub struct Service {
    /// Its name in `aws-sdk` resources, such as `sfn`.
    pub name: &'static str,
    /// Whether the data lacks some of its operations, so that an unknown action may well exist.
    pub is_partial: bool,
    text: &'static str,
    model: OnceLock<Model>,
}

/// An optimised integration, such as `states` in `arn:aws:states:::states:startExecution.sync`.
#[derive(Debug)]
pub struct Integration {
    /// Its name in resources.
    pub name: &'static str,
    /// The service that it calls.
    pub service: &'static str,
    pub(super) actions: Vec<Action>,
}

/// An action of an optimised integration, with the operations that `.sync` and `.sync:2` ask for the result.
#[derive(Debug)]
pub(super) struct Action {
    pub(super) name: &'static str,
    pub(super) polled: Option<&'static str>,
    pub(super) polled_as_json: Option<&'static str>,
}

struct Catalog {
    services: Vec<Service>,
    integrations: Vec<Integration>,
}

/// The table of contents; what is in a service is not looked at.
fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| {
        let mut catalog = Catalog { services: Vec::new(), integrations: Vec::new() };
        for section in TEXT.split("\n\n") {
            let (head, text) = section.split_once('\n').unwrap_or((section, ""));
            match head.split(' ').collect::<Vec<_>>().as_slice() {
                ["integration", name, service] => {
                    let actions = text.lines().map(action).collect();
                    catalog.integrations.push(Integration { name, service, actions });
                }
                ["service", name, rest @ ..] => {
                    let (is_partial, model) = (rest == ["partly"], OnceLock::new());
                    catalog.services.push(Service { name, is_partial, text, model });
                }
                _ => {}
            }
        }
        catalog
    })
}

fn action(line: &'static str) -> Action {
    let mut words = line.split_whitespace();
    Action { name: words.next().unwrap_or_default(), polled: words.next(), polled_as_json: words.next() }
}

impl Service {
    /// All services, by name.
    pub fn all() -> &'static [Service] {
        &catalog().services
    }

    /// The service of that name in `aws-sdk` resources.
    ///
    /// ```
    /// use stepwright_codegen::api::Service;
    ///
    /// let sfn = Service::find("sfn").unwrap();
    /// assert!(sfn.operation("startExecution").is_some());
    /// assert_eq!(sfn.nearest_action("startExecutoin"), Some("startExecution".to_owned()));
    /// assert!(Service::find("braket").is_none());
    /// ```
    pub fn find(name: &str) -> Option<&'static Service> {
        Self::all().iter().find(|service| service.name == name)
    }

    /// The operation that an action such as `getObject` calls.
    pub fn operation(&'static self, action: &str) -> Option<&'static Operation> {
        // What is not in lowerCamelCase is no action: such a name stands for what an integration has of its own.
        let first = action.chars().next().filter(char::is_ascii_lowercase)?;
        let rest = &action[1..];
        self.operations().iter().find(|operation| {
            operation.name.strip_prefix(first.to_ascii_uppercase()).is_some_and(|name| name == rest)
        })
    }

    /// The action with the name most like this one, if one is like it.
    pub fn nearest_action(&'static self, action: &str) -> Option<String> {
        let names = self.operations().iter().filter(|operation| !operation.is_of_integration());
        nearest(action, names.map(|operation| operation.name)).map(lower_camel_case)
    }

    /// All operations, by name; those that only an optimised integration has begin with a small letter and stand last.
    pub fn operations(&'static self) -> &'static [Operation] {
        &self.model().operations
    }

    /// The operation of exactly that name.
    pub(super) fn exactly(&'static self, name: &str) -> Option<&'static Operation> {
        self.operations().iter().find(|operation| operation.name == name)
    }

    pub(super) fn shape(&'static self, index: usize) -> &'static Shape {
        &self.model().shapes[index]
    }

    fn model(&'static self) -> &'static Model {
        self.model.get_or_init(|| read::model(self, self.text))
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Integration {
    /// All optimised integrations, by name.
    pub fn all() -> &'static [Integration] {
        &catalog().integrations
    }

    /// The integration of that name in resources.
    pub fn find(name: &str) -> Option<&'static Integration> {
        Self::all().iter().find(|integration| integration.name == name)
    }

    /// The actions that it has.
    pub fn actions(&self) -> impl Iterator<Item = &'static str> {
        self.actions.iter().map(|action| action.name)
    }

    /// The actions that wait for the job with `.sync`.
    pub fn sync_actions(&self) -> impl Iterator<Item = &'static str> {
        self.actions.iter().filter(|action| action.polled.is_some()).map(|action| action.name)
    }

    /// The action with the name most like this one, if one is like it.
    pub fn nearest_action(&self, action: &str) -> Option<&'static str> {
        nearest(action, self.actions())
    }
}

fn lower_camel_case(name: &str) -> String {
    let mut name = name.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    name
}
