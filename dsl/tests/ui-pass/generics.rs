//! Data can have parameters; a workflow is written for one set of them, with the help of generic functions.

use stepwright::prelude::*;

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Page<T> {
    items: Vec<T>,
    next: Option<String>,
}

#[derive(Data, Serialize, Deserialize, JsonSchema)]
struct Line {
    sku: String,
}

#[task(lambda = "${ListLines}")]
fn list_lines(order_id: String) -> Page<Line>;

#[task(lambda = "${Reserve}")]
fn reserve(sku: String) -> String;

fn first_of<T: Data>(s: &mut Scope, page: Ref<Page<T>>) -> Ref<T> {
    s.pass("First", page.items.get(0).assume_some("a page is never empty"))
}

#[workflow]
fn reserve_one(s: &mut Scope, order_id: Ref<String>) -> Ref<String> {
    let page = s.task(list_lines(order_id));
    let line = first_of(s, page);
    s.task(reserve(line.sku))
}

fn main() {
    assert!(reserve_one().plan().problems.is_empty());
}
