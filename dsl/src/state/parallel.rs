//! Parallel.

use std::marker::PhantomData;
use std::panic::Location;

use super::Unfinished;
use crate::data::Data;
use crate::expr::{Operand, tree};
use crate::name::{StateName, lower_camel};
use crate::outcome::Outcome;
use crate::plan::{
    self, Expression, Place, ProblemKind, Root, RustLocation, Segment, Slot, StateKind, TypeFacts, ValueId,
};
use crate::refs::Ref;
use crate::scope::Scope;
use crate::task::{Settings, composite_settings};

/// A Parallel state to be: branches that run at the same time, whose values are the tuple `B`.
///
/// Values of the scope around it are simply used in the branches. [`input`](Self::input) gives all branches a document of
/// their own instead, and then each branch receives it as a second argument.
///
/// ```
/// # use stepwright::prelude::*;
/// # #[task(lambda = "${Pack}")] fn pack(order_id: String) -> String;
/// # #[workflow] fn w(s: &mut Scope, order_id: Ref<String>) -> Ref<String> {
/// let (parcel, _) = s
///     .parallel("PackAndTell")
///     .branch(|s| s.task(pack(order_id)))
///     .branch(|s| s.task(sns::publish("${Topic}", fmt!("order {} is paid", order_id))))
///     .join();
/// parcel
/// # }
/// # assert!(w().plan().problems.is_empty());
/// ```
#[must_use = "a Parallel is not added until it is finished: call `.join()`"]
pub struct Parallel<'s, 'c, I, B> {
    pending: Unfinished<'s>,
    settings: Settings<'c>,
    input: Option<Expression>,
    branches: Vec<plan::Scope>,
    ty: PhantomData<fn() -> (I, B)>,
}

impl<I, B> std::fmt::Debug for Parallel<'_, '_, I, B> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parallel").field("branches", &self.branches.len()).finish_non_exhaustive()
    }
}

/// What the branches of a Parallel are given by [`Parallel::input`].
#[derive(Debug)]
pub struct Given<I>(PhantomData<I>);

impl<'s, 'c> Parallel<'s, 'c, (), ()> {
    pub(crate) fn new(scope: &'s mut Scope, name: StateName, location: RustLocation) -> Self {
        let pending = Unfinished::new(scope, "parallel", ".join()", Some(name.clone()), location);
        let settings = Settings::new(name, location);
        Self { pending, settings, input: None, branches: Vec::new(), ty: PhantomData }
    }

    /// Gives every branch this value in place of the state's own input.
    pub fn input<I: Operand>(self, input: I) -> Parallel<'s, 'c, Given<I::Data>, ()> {
        let input = Some(tree::<I::Data>(input));
        Parallel { input, ..self.retyped() }
    }
}

impl<'s, 'c> Parallel<'s, 'c, (), ()> {
    /// Adds a branch for each element of a Rust list, so that there can be any number of them; they all give a value of the same type,
    /// and the state gives the list of these.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[task(lambda = "${Notify}")] fn notify(channel: String) -> String;
    /// # #[workflow] fn w(s: &mut Scope) -> Ref<Vec<String>> {
    /// let channels = ["Mail", "Chat", "Pager"];
    /// s.parallel("NotifyAll")
    ///     .branches(channels.map(|channel| move |s: &mut Scope| s.task(notify(channel).named(format!("Notify{channel}")))))
    ///     .join()
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    #[track_caller]
    pub fn branches<R: Outcome, F: FnOnce(&mut Scope) -> R>(
        mut self,
        branches: impl IntoIterator<Item = F>,
    ) -> Parallel<'s, 'c, (), ListOf<R::Data>> {
        for branch in branches {
            let scope = self.pending.scope.inner_scope::<(), R>(None, Location::caller(), |s, _| branch(s));
            self.branches.push(scope);
        }
        self.retyped()
    }
}

impl<'s, 'c, B: Tuple> Parallel<'s, 'c, (), B> {
    /// Adds a branch.
    #[track_caller]
    pub fn branch<R: Outcome>(
        mut self,
        branch: impl FnOnce(&mut Scope) -> R,
    ) -> Parallel<'s, 'c, (), B::With<R::Data>> {
        let scope = self.pending.scope.inner_scope::<(), R>(None, Location::caller(), |s, _| branch(s));
        self.branches.push(scope);
        self.retyped()
    }
}

impl<'s, 'c, I: Data, B: Tuple> Parallel<'s, 'c, Given<I>, B> {
    /// Adds a branch; its second argument is what [`input`](Parallel::input) gave.
    #[track_caller]
    pub fn branch<R: Outcome>(
        mut self,
        branch: impl FnOnce(&mut Scope, Ref<I>) -> R,
    ) -> Parallel<'s, 'c, Given<I>, B::With<R::Data>> {
        let slot = Slot::Auto(format!("{}Input", lower_camel(self.settings.name.as_str())));
        let scope = self.pending.scope.inner_scope::<I, R>(Some(slot), Location::caller(), |s, input| {
            branch(s, Ref::to(Place::new(Root::Value(input))))
        });
        self.branches.push(scope);
        self.retyped()
    }
}

impl<'s, 'c, I, B: Tuple> Parallel<'s, 'c, I, B> {
    fn retyped<J, C>(self) -> Parallel<'s, 'c, J, C> {
        let Self { pending, settings, input, branches, .. } = self;
        Parallel { pending, settings, input, branches, ty: PhantomData }
    }

    composite_settings!(settings);

    /// Sets the `Comment` of the branch that was added last.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[workflow] fn w(s: &mut Scope) {
    /// s.parallel("Settle")
    ///     .branch(|s| s.wait("Cool", 90.seconds()))
    ///     .branch_comment("the sensor needs a minute")
    ///     .join();
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    #[track_caller]
    pub fn branch_comment(mut self, comment: impl Into<String>) -> Self {
        match self.branches.last_mut() {
            Some(branch) => branch.comment = Some(comment.into()),
            None => self.no_part_to_comment("branch", "branch"),
        }
        self
    }

    #[track_caller]
    fn no_part_to_comment(&mut self, part: &'static str, added_by: &'static str) {
        self.pending.scope.problem(ProblemKind::NoPartToComment { part, added_by }, Location::caller());
    }

    /// Adds the state; returns the values of the branches, in order.
    pub fn join(self) -> B::Refs {
        B::refs(Root::Value(self.add::<serde_json::Value>()))
    }

    /// Adds the state, and keeps only what is selected of the values of the branches: `ResultSelector`. Returns what is selected.
    ///
    /// ```
    /// # use stepwright::prelude::*;
    /// # #[derive(Data, Serialize, Deserialize, JsonSchema)] struct Parcel { id: String, photo: String }
    /// # #[derive(Data, Serialize, Deserialize, JsonSchema)] struct Packed { parcel: String, bill: String }
    /// # #[task(lambda = "${Pack}")] fn pack(order_id: String) -> Parcel;
    /// # #[task(lambda = "${Bill}")] fn bill(order_id: String) -> String;
    /// # #[workflow] fn w(s: &mut Scope, order_id: Ref<String>) -> Ref<Packed> {
    /// s.parallel("PackAndBill")
    ///     .branch(|s| s.task(pack(order_id)))
    ///     .branch(|s| s.task(bill(order_id)))
    ///     .join_selecting(|(parcel, bill)| data!(Packed { parcel: parcel.id, bill }))
    /// # }
    /// # assert!(w().plan().problems.is_empty());
    /// ```
    ///
    /// See [`Task::select_result`](crate::Task::select_result).
    pub fn join_selecting<E: Operand>(mut self, select: impl FnOnce(B::Refs) -> E + 'c) -> Ref<E::Data> {
        let raw = TypeFacts::of::<serde_json::Value>();
        self.settings.select(raw, |array| select(B::refs(array)));
        Ref::to(Place::new(Root::Value(self.add::<E::Data>())))
    }

    fn add<T: Data>(mut self) -> ValueId {
        let kind = StateKind::Parallel(plan::Parallel { input: self.input, branches: self.branches });
        let scope = self.pending.finish();
        let default = scope.conventions().composites;
        scope.add_composite::<T>(self.settings, default, kind, None)
    }
}

/// The values of the branches so far.
pub trait Tuple {
    /// One more.
    type With<T: Data>: Tuple;
    /// A reference to each.
    type Refs;
    /// The references, given where the array is found that the branches' values are in.
    #[doc(hidden)]
    fn refs(array: Root) -> Self::Refs;
}

/// The values of [`Parallel::branches`], which no other branch can be added to.
#[derive(Debug)]
pub struct ListOf<T>(PhantomData<T>);

impl<T: Data> Tuple for ListOf<T> {
    type With<U: Data> = TooMany;
    type Refs = Ref<Vec<T>>;

    fn refs(array: Root) -> Ref<Vec<T>> {
        Ref::to(Place::new(array))
    }
}

/// More branches than can be joined as a tuple.
#[derive(Debug)]
pub struct TooMany;

impl Tuple for TooMany {
    type With<T: Data> = TooMany;
    type Refs = TooMany;

    fn refs(_: Root) -> TooMany {
        TooMany
    }
}

fn branch_value<T: Data>(array: Root, index: u32) -> Ref<T> {
    Ref::to(Place::new(array).child(Segment::Index(index)))
}

impl Tuple for () {
    type With<T: Data> = (T,);
    type Refs = ();

    fn refs(_: Root) {}
}

macro_rules! tuples {
    ($(($($T:ident $i:literal),*) $With:ty;)*) => {$(
        impl<$($T: Data),*> Tuple for ($($T,)*) {
            type With<T: Data> = $With;
            type Refs = ($(Ref<$T>,)*);

            fn refs(array: Root) -> Self::Refs {
                ($(branch_value::<$T>(array, $i),)*)
            }
        }
    )*};
}

tuples! {
    (A 0) (A, T);
    (A 0, B 1) (A, B, T);
    (A 0, B 1, C 2) (A, B, C, T);
    (A 0, B 1, C 2, D 3) (A, B, C, D, T);
    (A 0, B 1, C 2, D 3, E 4) (A, B, C, D, E, T);
    (A 0, B 1, C 2, D 3, E 4, F 5) (A, B, C, D, E, F, T);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6) (A, B, C, D, E, F, G, T);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7) (A, B, C, D, E, F, G, H, T);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8) (A, B, C, D, E, F, G, H, I, T);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9) (A, B, C, D, E, F, G, H, I, J, T);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10) (A, B, C, D, E, F, G, H, I, J, K, T);
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11) TooMany;
}
