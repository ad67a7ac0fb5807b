use super::*;

macro_rules! check {
    ($basket:ident => $expression:expr, $expect:tt) => { check_printed!("JSONata", $basket => $expression, $expect) };
}

#[test]
fn texts() {
    check!(b => b.id.len(), "{% $length($b.id) %}");
    check!(b => b.id.to_uppercase(), "{% $uppercase($b.id) %}");
    check!(b => b.id.to_lowercase(), "{% $lowercase($b.id) %}");
    check!(b => b.id.trim(), "{% $replace($b.id, /^\\s+|\\s+$/, '') %}");
    check!(b => b.id.contains("x"), "{% $contains($b.id, 'x') %}");
    check!(b => b.id.starts_with("log-"), "{% $substring($b.id, 0, 4) = 'log-' %}");
    check!(b => b.id.ends_with(".txt"), "{% $substring($b.id, $length($b.id) - $length('.txt')) = '.txt' %}");
    check!(b => b.id.matches("log-*.txt"), "{% $contains($b.id, /^log\\-[\\s\\S]*\\.txt$/) %}");
    check!(b => b.id.split(","), "{% $split($b.id, ',') %}");
    check!(b => b.id.tokens(", "), "{% [$split($b.id, /[\\, ]/)[$ != '']] %}");
    check!(b => b.id.replace("a", "b"), "{% $replace($b.id, 'a', 'b') %}");
    check!(b => b.id.substring(1, 2), "{% $substring($b.id, 1, 2) %}");
    check!(b => b.id.parse::<f64>(), "{% $number($b.id) %}");
    check!(
        b => b.id.parse::<u32>(),
        "{% ($parsed := $number($b.id); $parsed = $floor($parsed) ? $parsed : $error('no whole number')) %}"
    );
    check!(b => b.id.parse_json::<Value>(), "{% $parse($b.id) %}");
    check!(b => b.id.encode_base64().decode_base64(), "{% $base64decode($base64encode($b.id)) %}");
    check!(b => b.id.encode_url(), "{% $encodeUrlComponent($b.id) %}");
    check!(b => b.id.hash(HashAlgorithm::Sha256), "{% $hash($b.id, 'SHA-256') %}");
    check!(b => b.count.to_text(), "{% $string($b.count) %}");
    check!(b => b.lines.to_json_text(), "{% $string($b.lines) %}");
    check!(
        b => b.any.to_json_text(),
        "{% ($json := $string({'': $b.any}); $substring($json, 4, $length($json) - 5)) %}"
    );
    check!(_b => uuid(), "{% $uuid() %}");
}

#[test]
fn numbers() {
    check!(b => b.total.abs(), "{% $abs($b.total) %}");
    check!(b => b.total.floor() + b.total.ceil(), "{% $floor($b.total) + $ceil($b.total) %}");
    check!(b => b.total.round(), "{% $b.total < 0 ? -$floor(0.5 - $b.total) : $floor($b.total + 0.5) %}");
    check!(b => b.total.round_ties_even(), "{% $round($b.total) %}");
    check!(b => b.total.sqrt(), "{% $sqrt($b.total) %}");
    check!(b => b.count.pow(2), "{% $power($b.count, 2) %}");
    check!(b => b.count * b.total - b.count, "{% $b.count * $b.total - $b.count %}");
    check!(b => cond!(b.count < b.total && b.count > 0.5), "{% $b.count < $b.total and $b.count > 0.5 %}");
    check!(b => expr!(b.count + 1).widen::<i64>(), "{% $b.count + 1 %}");
    check!(b => range(1, b.count, 2), "{% [$range(1, $b.count, 2)] %}");
    check!(b => random(1, b.count), "{% $floor($random() * ($b.count - 1)) + 1 %}");
}

#[test]
fn lists() {
    check!(b => b.names.first(), "{% $exists($b.names[0]) ? $b.names[0] : null %}");
    check!(b => b.tags.first(), "{% $exists($b.tags[0]) ? $b.tags[0] : null %}");
    check!(b => b.tags.first().is_some(), "{% $exists($b.tags[0]) and $b.tags[0] != null %}");
    check!(b => b.names.nth(b.names.len()), "{% ($value := $b.names[$count($b.names)]; $exists($value) ? $value : null) %}");
    check!(b => b.names.last().or("x"), "{% ($value := $b.names[-1]; $exists($value) and $value != null ? $value : 'x') %}");
    check!(b => b.names.last().is_some(), "{% ($value := $b.names[-1]; $exists($value) and $value != null) %}");
    check!(b => b.names.reversed(), "{% $reverse($b.names) %}");
    check!(b => b.names.sorted(), "{% $sort($b.names) %}");
    check!(b => b.names.distinct(), "{% $distinct($b.names) %}");
    check!(b => b.names.chunks(3), "{% [$partition($b.names, 3)] %}");
    check!(b => b.names.concat(["x"]), "{% $append($b.names, ['x']) %}");
    check!(b => b.nested.flatten(), "{% $reduce($b.nested, $append, []) %}");
    check!(b => b.names.join(", "), "{% $join($b.names, ', ') %}");
    check!(b => b.numbers.sum(), "{% $sum($b.numbers) %}");
    check!(b => b.numbers.min().or(0.0), "{% ($value := $min($b.numbers); $exists($value) and $value != null ? $value : 0.0) %}");
    check!(b => b.any.keys(), "{% [$keys($b.any)] %}");
    check!(b => b.any.values(), "{% [$each($b.any, function($value) { $value })[]] %}");
    check!(b => b.any.merge(data!({ "a": 1 })), "{% $merge([$b.any, {'a': 1}]) %}");
}

#[test]
fn closures() {
    check!(
        b => b.lines.filter(|line| cond!(line.qty > 0)).map(|line| line.qty.to_f64() * b.total).sum(),
        "{% $sum([$map([$filter($b.lines, function($item) { $item.qty > 0 })[]], function($item) { $item.qty * $b.total })[]]) %}"
    );
    check!(b => b.lines.any(|line| cond!(line.qty > 0)), "{% $exists($filter($b.lines, function($item) { $item.qty > 0 })) %}");
    check!(
        b => b.lines.all(|line| cond!(line.qty > 0)),
        "{% $not($exists($filter($b.lines, function($item) { $not($item.qty > 0) }))) %}"
    );
    check!(
        b => b.numbers.fold(0.0, |sum, number| expr!(sum + number)),
        "{% $reduce($b.numbers, function($total, $item) { $total + $item }, 0.0) %}"
    );
    check!(
        b => b.nested.map(|list| list.map(|number| number + list.get(0).or(0))),
        "{% [$map($b.nested, function($item) { [$map($item, function($item2) { \
         $item2 + ($exists($item[0]) and $item[0] != null ? $item[0] : 0) })[]] })[]] %}"
    );
    check!(b => b.note.map(|note| note.len()), "{% $exists($b.note) and $b.note != null ? $length($b.note) : null %}");
}

#[test]
fn free_form_json_is_json() {
    check!(
        b => data!({ "QueueUrl": b.id, "Body": { "lines": [1, b.total], "null": null }, "Flag": true }),
        { "QueueUrl": "{% $b.id %}", "Body": { "lines": [1, "{% $b.total %}"], "null": null }, "Flag": true }
    );
    check!(b => data!([b.names, []]), ["{% $b.names %}", []]);
    check!(
        b => b.names.map(|name| data!([name, b.any])),
        "{% [$map($b.names, function($item) { [$item, $type($b.any) = 'array' ? [[$b.any]] : $b.any] })[]] %}"
    );
}

#[test]
fn texts_in_jsonata() {
    check!(_b => jsonata::<f64>("$millis()"), "{% $millis() %}");
    check!(b => { let e: Expr<f64> = jsonata!("$sum({lines}.price)", lines = b.lines); e }, "{% $sum($b.lines.price) %}");
    check!(
        b => { let e: Expr<f64> = jsonata!("2 * {x} + {'y': {x}}.y", x = b.total + 1.0); e * 2.0 },
        "{% (2 * ($b.total + 1.0) + {'y': ($b.total + 1.0)}.y) * 2.0 %}"
    );
    check!(b => { let e: Expr<Vec<f64>> = jsonata!("{lines}.price", lines = b.lines); e }, "{% [$b.lines.price] %}");
}

#[test]
fn times() {
    check!(b => cond!(b.due < b.due), "{% $toMillis($b.due) < $toMillis($b.due) %}");
    check!(
        b => cond!(b.late == Some(jiff::Timestamp::UNIX_EPOCH)),
        "{% ($exists($b.late) and $b.late != null ? $toMillis($b.late) : null) = $toMillis('1970-01-01T00:00:00Z') %}"
    );
    check!(b => cond!(b.due < now()), "{% $toMillis($b.due) < $toMillis($now()) %}");
    check!(b => b.due.add_seconds(60), "{% $fromMillis($toMillis($b.due) + 60 * 1000) %}");
}
