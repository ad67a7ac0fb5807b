//! Reading attributes: our own `key = value` lists, doc comments, and the path of the `stepwright` crate.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, LitStr, Meta, Path, Token};

use crate::errors::Errors;
use crate::suggest;

/// A key that an attribute knows, with an example of its value.
pub(crate) struct Known {
    pub(crate) key: &'static str,
    pub(crate) example: &'static str,
}

/// The `key = value` pairs of one attribute. All keys are known ones, each there at most once.
pub(crate) struct Keys {
    pairs: Vec<(Ident, Expr)>,
    /// Keys that stand alone.
    flags: Vec<Ident>,
    /// Whether every pair could be read. Otherwise a key that seems to be missing may be what could not.
    pub(crate) complete: bool,
}

impl Keys {
    /// Reads `a = 1, b = [C]`. Bad pairs are reported and left out, so that the good ones still count.
    pub(crate) fn parse(tokens: TokenStream, known: &[Known], errors: &mut Errors) -> Self {
        Self::parse_with_flags(tokens, known, &[], errors)
    }

    /// Reads `a = 1, b, c = [D]`, where keys in `flags` can stand alone; one that is among the known keys too can have a value.
    pub(crate) fn parse_with_flags(
        tokens: TokenStream,
        known: &[Known],
        flags: &[&str],
        errors: &mut Errors,
    ) -> Self {
        let pairs = |input: ParseStream<'_>| Punctuated::<Pair, Token![,]>::parse_terminated(input);
        let pairs = errors.ok(pairs.parse2(tokens));
        let mut keys = Self { pairs: Vec::new(), flags: Vec::new(), complete: pairs.is_some() };
        for Pair { key, value } in pairs.into_iter().flatten() {
            let flag = flags.iter().any(|flag| key == flag);
            let example = known.iter().find(|known| key == known.key).map(|known| known.example);
            if example.is_none() && !flag {
                let names = known.iter().map(|known| known.key);
                let only_flags =
                    flags.iter().copied().filter(|flag| known.iter().all(|known| known.key != *flag));
                let names: Vec<&str> = names.chain(only_flags).collect();
                let help = suggest::help(&key.to_string(), &names);
                errors.on(&key, format_args!("unknown key `{key}`; {help}"));
                keys.complete = false;
                continue;
            }
            if keys.pairs.iter().map(|(earlier, _)| earlier).chain(&keys.flags).any(|earlier| *earlier == key)
            {
                errors.on(&key, format_args!("`{key}` is given twice"));
                continue;
            }
            match (value, example) {
                (Some(value), Some(_)) => keys.pairs.push((key, value)),
                (None, _) if flag => keys.flags.push(key),
                (Some(value), None) => errors.on(value, format_args!("`{key}` takes no value")),
                (None, example) => {
                    let example = example.unwrap_or_default();
                    errors.on(&key, format_args!("`{key}` needs a value, like `{key} = {example}`"));
                    keys.complete = false;
                }
            }
        }
        keys
    }

    /// A key that stands alone.
    pub(crate) fn take_flag(&mut self, key: &str) -> Option<Ident> {
        let position = self.flags.iter().position(|known| known == key)?;
        Some(self.flags.remove(position))
    }

    pub(crate) fn take(&mut self, key: &str) -> Option<(Ident, Expr)> {
        let position = self.pairs.iter().position(|(known, _)| known == key)?;
        Some(self.pairs.remove(position))
    }

    /// The string literal of a key. Anything else is reported.
    pub(crate) fn take_text(&mut self, key: &str, errors: &mut Errors) -> Option<LitStr> {
        let (key, value) = self.take(key)?;
        let text = literal_text(&value).cloned();
        if text.is_none() {
            errors.on(value, format_args!("`{key}` takes a string literal"));
        }
        text
    }

    /// The crate named by `crate = path`, or `::stepwright`.
    pub(crate) fn take_krate(&mut self, errors: &mut Errors) -> Krate {
        match self.take("crate") {
            None => Krate::Default,
            Some((_, Expr::Path(path))) if path.qself.is_none() => Krate::At(path.path),
            Some((_, value)) => {
                errors.on(value, "`crate` takes a path, like `crate = ::my_crate::stepwright`");
                Krate::Default
            }
        }
    }
}

struct Pair {
    key: Ident,
    value: Option<Expr>,
}

impl syn::parse::Parse for Pair {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = input.call(Ident::parse_any)?;
        let value = match input.parse::<Option<Token![=]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        Ok(Self { key, value })
    }
}

/// The string literal that an expression is, through the invisible groups that `macro_rules!` leaves.
pub(crate) fn literal_text(expr: &Expr) -> Option<&LitStr> {
    match expr {
        Expr::Lit(lit) => match &lit.lit {
            Lit::Str(text) => Some(text),
            _ => None,
        },
        Expr::Group(group) => literal_text(&group.expr),
        _ => None,
    }
}

/// Where the `stepwright` crate is, seen from the user's code.
pub(crate) enum Krate {
    Default,
    At(Path),
}

impl Krate {
    /// The path, with the given span so that a call through it is located there as a whole.
    ///
    /// A path that the user gave keeps its own spans: it may hold a `$crate`, which lives in them.
    pub(crate) fn at(&self, span: Span) -> TokenStream {
        match self {
            Self::Default => quote_spanned!(span=> ::stepwright),
            Self::At(path) => path.to_token_stream(),
        }
    }

    pub(crate) fn path(&self) -> TokenStream {
        self.at(Span::call_site())
    }

    pub(crate) fn private(&self) -> TokenStream {
        self.private_at(Span::call_site())
    }

    pub(crate) fn private_at(&self, span: Span) -> TokenStream {
        let krate = self.at(span);
        quote_spanned!(span=> #krate::__private)
    }
}

pub(crate) fn docs(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("doc"))
}

/// The doc comment, or one of ours where the user wrote none: what we generate must pass `missing_docs`.
pub(crate) fn docs_or(attributes: &[Attribute], default: &str) -> TokenStream {
    let mut docs = docs(attributes).peekable();
    if docs.peek().is_none() { quote!(#[doc = #default]) } else { quote!(#(#docs)*) }
}

/// The first paragraph of a doc comment, on one line.
pub(crate) fn first_paragraph(attributes: &[Attribute]) -> String {
    let mut text = String::new();
    for attribute in docs(attributes) {
        if let Meta::NameValue(doc) = &attribute.meta
            && let Some(line) = literal_text(&doc.value)
        {
            text.push_str(&line.value());
            text.push('\n');
        }
    }
    text.lines()
        // Lines of `/** … */` may start with an asterisk.
        .map(|line| line.trim().trim_start_matches("* ").trim_start_matches('*').trim())
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    const KNOWN: &[Known] =
        &[Known { key: "timeout", example: "\"30m\"" }, Known { key: "crate", example: "::stepwright" }];

    fn check_messages(tokens: TokenStream, expect: &[&str]) {
        let mut errors = Errors::new();
        let mut keys = Keys::parse(tokens, KNOWN, &mut errors);
        keys.take_text("timeout", &mut errors);
        keys.take_krate(&mut errors);
        let found: Vec<String> = match errors.finish() {
            Ok(()) => Vec::new(),
            Err(error) => error.into_iter().map(|error| error.to_string()).collect(),
        };
        assert_eq!(found, expect);
    }

    #[test]
    fn good_pairs_pass() {
        check_messages(quote!(timeout = "30m", crate = crate::inner::stepwright), &[]);
        check_messages(quote!(), &[]);
    }

    #[test]
    fn bad_pairs_are_all_reported() {
        check_messages(
            quote!(timout = "1m", timeout, timeout = "1m", timeout = "2m", crate = "x"),
            &[
                "unknown key `timout`; did you mean `timeout`? known: `timeout`, `crate`",
                "`timeout` needs a value, like `timeout = \"30m\"`",
                "`timeout` is given twice",
                "`crate` takes a path, like `crate = ::my_crate::stepwright`",
            ],
        );
        check_messages(quote!(timeout = 30), &["`timeout` takes a string literal"]);
    }

    #[test]
    fn the_first_paragraph_is_one_line() {
        let attributes: Vec<Attribute> = vec![
            parse_quote!(#[doc = ""]),
            parse_quote!(#[doc = " Takes an order"]),
            parse_quote!(#[allow(dead_code)]),
            parse_quote!(#[doc = " from payment to parcel."]),
            parse_quote!(#[doc = ""]),
            parse_quote!(#[doc = " Details."]),
        ];
        assert_eq!(first_paragraph(&attributes), "Takes an order from payment to parcel.");
        let block: Vec<Attribute> =
            vec![parse_quote!(#[doc = "\n * Takes an order\n * onward.\n *\n * More.\n "])];
        assert_eq!(first_paragraph(&block), "Takes an order onward.");
        assert_eq!(first_paragraph(&[]), "");
    }
}
