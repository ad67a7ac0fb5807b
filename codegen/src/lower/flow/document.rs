//! The document of a JSONPath scope: which fields exist?

use std::collections::{BTreeMap, BTreeSet};

use stepwright::QueryLanguage;
use stepwright::plan::{Kept as KeptField, Segment, TypeFacts};

use crate::lower::bits::Bits;
use crate::lower::capture::Environment;
use crate::lower::graph::{Graph, Kind};
use crate::lower::places::{Kept, Places};

/// Field names from the root of a document.
pub(super) type Path = Vec<String>;

/// The paths of all documents of a workflow, as bits. The bit of the empty path means that nothing is known of what the
/// document contains, and then nothing is missing.
pub(super) struct Document {
    bits: BTreeMap<Path, usize>,
    /// The paths at which whole values are written: their types vouch for what is below.
    whole: BTreeSet<Path>,
    /// By scope: the paths that are handed in.
    given: Vec<Vec<Path>>,
    /// By type name: the fields that it requires.
    required: BTreeMap<&'static str, Option<Vec<String>>>,
}

/// The names of a path; an index ends it, because only objects are written into.
pub(super) fn fields_of(path: &[Segment]) -> Path {
    let field = |segment: &Segment| match segment {
        Segment::Field(name) => Some(name.to_string()),
        Segment::Index(_) => None,
    };
    path.iter().map_while(field).collect()
}

impl Document {
    pub(super) fn new(graph: &Graph<'_>, environments: &[Environment], places: &Places) -> Self {
        let given = graph.scopes.iter().map(|_| Vec::new()).collect();
        let mut document =
            Self { bits: BTreeMap::new(), whole: BTreeSet::new(), given, required: BTreeMap::new() };
        if graph.plan.query_language == QueryLanguage::Jsonata {
            return document;
        }
        document.add(Vec::new());
        for (id, value) in &graph.plan.values {
            let required = required(value.ty);
            if let Some(Kept::Path(path)) = places.kept(graph, *id) {
                document.whole.insert(path.clone());
                document.add(path.clone());
                if let (true, Some(field)) = (path.is_empty(), graph.envelope(*id)) {
                    document.whole.insert(vec![field.to_owned()]);
                    document.add(vec![field.to_owned()]);
                } else if path.is_empty() {
                    required.iter().flatten().for_each(|field| document.add(vec![field.clone()]));
                }
            }
            document.required.insert((value.ty.name)(), required);
        }
        for asked in graph.plan.documents.values() {
            document.required.insert((asked.ty.name)(), required(asked.ty));
        }
        for (scope, environment) in environments.iter().enumerate() {
            if let Environment::Own { given, captured } = environment {
                let given = given.iter().map(|(_, path)| path.as_slice());
                let captured = captured.iter().filter_map(|place| places.captured_path(scope, place));
                let paths: Vec<Path> =
                    given.chain(captured).map(fields_of).filter(|path| !path.is_empty()).collect();
                for path in &paths {
                    document.whole.insert(path.clone());
                    document.add(path.clone());
                }
                document.given[scope] = paths;
            }
        }
        for node in graph.scopes.iter().flat_map(|scope| &scope.nodes) {
            if let Kind::Keep(Some(kept)) = &node.kind {
                for kept in *kept {
                    if let KeptField::Field(name) = kept {
                        document.add(vec![name.clone()]);
                    }
                }
            }
        }
        document
    }

    fn add(&mut self, mut path: Path) {
        // With a path, what it is in exists.
        loop {
            let next = self.bits.len();
            self.bits.entry(path.clone()).or_insert(next);
            if path.pop().is_none() {
                return;
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.bits.len()
    }

    /// What exists when a scope is entered.
    pub(super) fn at_start(
        &self,
        graph: &Graph<'_>,
        places: &Places,
        scope: usize,
        inherited: Option<&Bits>,
    ) -> Bits {
        let mut facts = Bits::zeros(self.len());
        if self.bits.is_empty() {
            return facts;
        }
        let input =
            graph.scopes[scope].input.and_then(|id| Some((graph.value(id)?, places.kept(graph, id)?)));
        match (input, inherited) {
            (Some((value, Kept::Path(path))), _) => self.write(path, value.ty, &mut facts),
            (None, Some(outer)) if self.given[scope].is_empty() => facts = outer.clone(),
            _ => self.set(&[], &mut facts),
        }
        for path in &self.given[scope] {
            self.exist(path, &mut facts);
        }
        facts
    }

    /// A value of a type is written at a path.
    pub(super) fn write(&self, path: &[String], ty: TypeFacts, facts: &mut Bits) {
        if !path.is_empty() {
            self.exist(path, facts);
            return;
        }
        facts.clear_all();
        match self.required.get((ty.name)()) {
            Some(Some(fields)) => {
                fields.iter().for_each(|field| self.set(std::slice::from_ref(field), facts));
            }
            _ => self.set(&[], facts),
        }
    }

    /// The whole document is replaced by an object with a value in this field.
    pub(super) fn write_in(&self, field: &str, facts: &mut Bits) {
        facts.clear_all();
        self.set(&[field.to_owned()], facts);
    }

    /// Only some fields are kept.
    pub(super) fn keep(
        &self,
        graph: &Graph<'_>,
        places: &Places,
        scope: usize,
        kept: &[KeptField],
        facts: &mut Bits,
    ) {
        let unknown = self.bits.get(&Vec::new()).is_some_and(|bit| facts.has(*bit));
        let before = facts.clone();
        facts.clear_all();
        for kept in kept {
            let path = match kept {
                KeptField::Field(name) => vec![name.clone()],
                KeptField::Value(place) => {
                    let path = places.resolve(graph, scope, place).map(|path| fields_of(&path));
                    path.and_then(|path| path.last().cloned()).into_iter().collect()
                }
            };
            let existed = self.bits.get(&path).is_some_and(|bit| before.has(*bit));
            if unknown || existed || matches!(kept, KeptField::Value(_)) {
                self.set(&path, facts);
            }
        }
    }

    fn exist(&self, path: &[String], facts: &mut Bits) {
        for end in 1..=path.len() {
            self.set(&path[..end], facts);
        }
    }

    fn set(&self, path: &[String], facts: &mut Bits) {
        if let Some(bit) = self.bits.get(path) {
            facts.set(*bit);
        }
    }

    /// What is missing for a place of the document to be read, as a type. A field that the type does not require may be missing: whoever
    /// reads it has narrowed it, or vouches for it.
    pub(super) fn missing(&self, path: &[Segment], ty: Option<TypeFacts>, facts: &Bits) -> Vec<Path> {
        let required = ty.and_then(|ty| self.required.get((ty.name)())).and_then(Option::as_ref);
        let path = fields_of(path);
        let asked = match path.first() {
            None => required.into_iter().flatten().map(|field| vec![field.clone()]).collect(),
            Some(field) if required.is_some_and(|required| !required.contains(field)) => Vec::new(),
            Some(_) => vec![path],
        };
        asked.into_iter().filter(|path| !self.exists(path, facts)).collect()
    }

    fn exists(&self, path: &[String], facts: &Bits) -> bool {
        let known = |path: &[String]| self.bits.get(path).is_some_and(|bit| facts.has(*bit));
        known(path)
            || known(&[])
            || self.bits.is_empty()
            || (1..path.len()).any(|end| self.whole.contains(&path[..end]) && known(&path[..end]))
    }
}

/// The fields that a type requires; `None` if it is not known to be an object.
fn required(ty: TypeFacts) -> Option<Vec<String>> {
    let schema = (ty.schema)();
    let is_object = schema.get("type").is_some_and(|ty| ty == "object") && schema.get("properties").is_some();
    let fields = schema.get("required").and_then(|required| required.as_array());
    is_object
        .then(|| fields.into_iter().flatten().filter_map(|field| field.as_str().map(str::to_owned)).collect())
}
