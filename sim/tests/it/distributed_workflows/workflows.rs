//! The workflows under test, each in both query languages.

use std::collections::BTreeMap;

use stepwright::prelude::*;

/// The same workflow in both query languages.
macro_rules! both {
    ($(fn $name:ident($($parameters:tt)*) -> $output:ty { $($body:tt)* })*) => {
        pub(super) mod jsonata {
            use super::*;
            $(#[workflow] pub(in super::super) fn $name($($parameters)*) -> $output { $($body)* })*
        }
        pub(super) mod jsonpath {
            use super::*;
            $(#[workflow(query_language = "JSONPath")] pub(in super::super) fn $name($($parameters)*) -> $output { $($body)* })*
        }
    };
}

#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Import {
    pub(super) file: String,
    pub(super) shop: Shop,
    pub(super) tags: Vec<String>,
    pub(super) note: Option<String>,
    pub(super) tolerated: u64,
    pub(super) at_once: u32,
}

#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(super) struct Shop {
    pub(super) id: String,
    pub(super) currency: String,
}

#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(super) struct Row {
    pub(super) sku: String,
    pub(super) qty: String,
}

#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(super) struct Line {
    pub(super) sku: String,
    pub(super) number: u64,
}

#[derive(Data, Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(super) struct Terms {
    pub(super) currency: String,
}

errors! { pub NoSuchArticle; }

#[task(lambda = "${Store}", errors = [NoSuchArticle])]
pub(super) fn store(sku: String, qty: String, shop: String) -> String;

#[task(lambda = "${StoreAll}")]
pub(super) fn store_all(#[input] batch: items::Batch<Row, Terms>) -> Vec<String>;

#[task(lambda = "${Ping}")]
pub(super) fn ping() -> String;

both! {
    fn import_rows(s: &mut Scope, import: Ref<Import>) -> Ref<items::WrittenResults> {
        s.map("EachBatch", items::csv::<Row>("stock", import.file).headers(["sku", "qty"]).limit(5))
            .express()
            .label("import")
            .batches_of(2)
            .max_concurrency(import.at_once)
            .tolerate_failures(import.tolerated)
            .write_results("stock", "done")
            .transformation(items::Transformation::Compact)
            .output(items::OutputType::JsonLines)
            .each(|s, batch| {
                s.map("EachRow", batch.items)
                    .each(|s, row| s.task(store(row.sku, row.qty, import.shop.id)))
            })
    }

    fn import_batches(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        let said = s.task(ping());
        s.map("EachBatch", items::csv::<Row>("stock", import.file))
            .batches_of(2)
            .batch_input(data!(Terms { currency: import.shop.currency }))
            .each(|s, batch| {
                s.task(store_all(batch));
                s.pass("Tell", fmt!("{} {} {} {}", said, import.shop.id, batch.batch_input.currency, import.tags.len()))
            })
    }

    fn one_by_one(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        let said = s.task(ping());
        s.map("Each", import.tags).distributed().each(|s, tag| {
            s.when("HasNote", import.note.is_some(), |s| {
                s.task(ping().named("PingAgain"));
            });
            s.pass("Tell", fmt!("{} {} {} {}", tag, said, import.shop.id, import.tags.len()))
        })
    }

    fn selected(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        s.map("Each", import.tags)
            .distributed()
            .select_with(|tag, context| data!(Line { sku: tag, number: context.item.index }))
            .each(|s, line| {
                s.task(ping());
                s.pass("Tell", fmt!("{} {} {}", line.sku, line.number, import.shop.id))
            })
    }

    fn nested(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<Vec<Vec<String>>>> {
        s.map("Outer", import.tags).distributed().each(|s, outer| {
            s.map("Middle", import.tags).each(|s, middle| {
                s.map("Inner", import.tags).distributed().express().each(|s, inner| {
                    s.pass("Tell", fmt!("{}{}{}{}", outer, middle, inner, import.shop.id))
                })
            })
        })
    }

    fn looped(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        s.map("Each", import.tags).distributed().each(|s, tag| {
            let said = s.repeat(|s| s.task(ping())).until("IsDone", |said| cond!(said == import.shop.id));
            s.pass("Tell", fmt!("{} {}", tag, said))
        })
    }

    fn indexed(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        let first = import.tags.get(0).assume_some("there are tags");
        s.map("Each", import.tags).distributed().batches_of(1).each(|s, batch| {
            s.map("Inside", batch.items).each(|s, _| s.pass("Tell", first));
            s.pass("TellFirst", first)
        })
    }

    fn worked_on(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        s.map("Each", import.tags).distributed().each(|s, tag| {
            let said = s.task(ping());
            s.pass("Tell", fmt!("{} {}", tag, said))
        })
    }

    fn branches(s: &mut Scope, import: Ref<Import>) -> Ref<String> {
        let (_, told) = s
            .parallel("Both")
            .input(data!(Terms { currency: import.shop.currency }))
            .branch(|s, terms| s.pass("TellOne", terms.currency))
            .branch(|s, terms| s.pass("TellOther", fmt!("{} {}", terms.currency, import.shop.id)))
            .join();
        told
    }

    fn members(s: &mut Scope, shops: Ref<BTreeMap<String, Shop>>) -> Ref<Vec<String>> {
        s.map("Each", items::members(shops))
            .each(|s, shop| s.pass("Tell", fmt!("{}: {}", shop.key, shop.value.currency)))
    }

    fn listed(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        s.map("Each", items::objects("stock", "in/"))
            .each(|s, object| s.pass("Tell", fmt!("{} {} {}", object.key, object.size, import.shop.id)))
    }

    fn flattened(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<String>> {
        let rows = items::objects("stock", import.file).load_and_flatten::<Row, _>(items::Csv);
        s.map("Each", rows).each(|s, row| s.pass("Tell", fmt!("{} {}", row.sku, import.shop.id)))
    }

    fn pointed(s: &mut Scope, _import: Ref<Import>) -> Ref<Vec<String>> {
        s.map("Each", items::json::<Row>("stock", "rows.json").pointer("/of/today"))
            .each(|s, row| s.pass("Tell", fmt!("{}", row.sku)))
    }

    fn caught(s: &mut Scope, import: Ref<Import>) -> Ref<String> {
        const ONCE: RetryPolicy = RetryPolicy::new(&[Retrier::on(&[States::ALL]).max_attempts(1)]);
        s.map("Each", items::csv::<Row>("stock", import.file))
            .tolerate_failure_percentage(10.0)
            .retry(ONCE)
            .catch(States::EXCEED_TOLERATED_FAILURE_THRESHOLD, |s, error| s.fail_as("TooMany", error.error, "too many"))
            .each(|s, row| s.task(store(row.sku, row.qty, import.shop.id)));
        s.pass("Fine", import.shop.id)
    }

    fn variables(s: &mut Scope, import: Ref<Import>) -> Ref<Vec<Vec<String>>> {
        let prefix = s.var("prefix", "first");
        s.set(prefix, fmt!("{} {}", prefix, import.shop.id));
        s.map("Each", import.tags).distributed().each(|s, tag| {
            let own = s.var("own", "of");
            s.set(own, fmt!("{} {}", prefix, tag));
            s.map("Inner", import.tags)
                .each(|s, inner| s.pass("Tell", fmt!("{}, {}, {}", prefix, own, inner)))
        })
    }
}
