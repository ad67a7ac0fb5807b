//! Closures over the items of a list.

use super::methods::methods;
use super::{Expr, IntoExpr, Operand, tree};
use crate::data::Data;
use crate::plan::{BoundId, Closure, Combinator, Expression, Place, Root};
use crate::refs::Ref;

/// A parameter of a closure, and what stands for it inside.
fn parameter<T: Data>() -> (BoundId, Ref<T>) {
    let id = BoundId::fresh();
    (id, Ref::to(Place::new(Root::Bound(id))))
}

/// A closure with one parameter.
fn closure<T: Data, R, U>(
    combinator: Combinator,
    over: Expression,
    body: impl FnOnce(Ref<T>) -> Expr<R>,
) -> Expr<U> {
    let (id, item) = parameter();
    let body = body(item).into_expression();
    let closure = Closure { combinator, over, start: None, parameters: vec![id], body };
    Expr::new(Expression::Closure(Box::new(closure)))
}

methods! {
    [T: Data] Vec<T> {
        /// A list of what the closure makes of each item. Needs JSONata.
        ///
        /// The closure is run once, while the workflow is traced; what it reads may be the item or anything around it.
        ///
        /// ```
        /// # use stepwright::prelude::*;
        /// # #[derive(Data, Serialize, Deserialize, JsonSchema)]
        /// # struct Line { qty: f64, price: f64 }
        /// # fn example(lines: Ref<Vec<Line>>) -> Expr<f64> {
        /// lines.filter(|line| cond!(line.qty > 0.0)).map(|line| expr!(line.qty * line.price)).sum()
        /// # }
        /// ```
        pub fn map<R: Operand>(self, body: impl FnOnce(Ref<T>) -> R) -> Expr<Vec<R::Data>> {
            closure(Combinator::Map, tree::<Vec<T>>(self), |item| body(item).into_expr())
        }

        /// The items for which the closure holds. Needs JSONata.
        pub fn filter<C: IntoExpr<bool>>(self, condition: impl FnOnce(Ref<T>) -> C) -> Expr<Vec<T>> {
            closure(Combinator::Filter, tree::<Vec<T>>(self), |item| condition(item).into_expr())
        }

        /// The first item for which the closure holds, if there is one. Needs JSONata.
        pub fn find<C: IntoExpr<bool>>(self, condition: impl FnOnce(Ref<T>) -> C) -> Expr<Option<T>> {
            self.filter(condition).first()
        }

        /// Whether the closure holds for an item; it does not if there is none. Needs JSONata.
        pub fn any<C: IntoExpr<bool>>(self, condition: impl FnOnce(Ref<T>) -> C) -> Expr<bool> {
            closure(Combinator::Any, tree::<Vec<T>>(self), |item| condition(item).into_expr())
        }

        /// Whether the closure holds for every item; it does if there is none. Needs JSONata.
        pub fn all<C: IntoExpr<bool>>(self, condition: impl FnOnce(Ref<T>) -> C) -> Expr<bool> {
            closure(Combinator::All, tree::<Vec<T>>(self), |item| condition(item).into_expr())
        }

        /// One value of all items: the closure makes the next from what there is so far and an item. Needs JSONata.
        ///
        /// ```
        /// # use stepwright::prelude::*;
        /// # fn example(words: Ref<Vec<String>>) -> Expr<String> {
        /// words.fold("", |text, word| fmt!("{word}/{text}"))
        /// # }
        /// ```
        pub fn fold<S: Operand, R: IntoExpr<S::Data>>(
            self,
            start: S,
            body: impl FnOnce(Ref<S::Data>, Ref<T>) -> R,
        ) -> Expr<S::Data> {
            let (so_far, total) = parameter::<S::Data>();
            let (each, item) = parameter::<T>();
            Expr::new(Expression::Closure(Box::new(Closure {
                combinator: Combinator::Fold,
                over: tree::<Vec<T>>(self),
                start: Some(tree::<S::Data>(start)),
                parameters: vec![so_far, each],
                body: tree::<S::Data>(body(total, item)),
            })))
        }
    }

    [T: Data] Option<T> {
        /// What the closure makes of the value, if there is one. Needs JSONata.
        pub fn map<R: Operand>(self, body: impl FnOnce(Ref<T>) -> R) -> Expr<Option<R::Data>> {
            closure(Combinator::MapSome, tree::<Option<T>>(self), |value| body(value).into_expr())
        }
    }
}
