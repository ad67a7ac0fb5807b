//! State names that are written as string literals in a workflow's body.
//!
//! Names are unique in a whole state machine, which only codegen can check. What is wrong within one function is found
//! here already, and the editor shows it on the literal. Literals inside of macro calls stay unseen.

use std::collections::BTreeMap;

use proc_macro2::{Span, TokenStream};
use syn::parse::Parser;
use syn::visit::Visit;
use syn::{Block, ExprIf, ExprMatch, ExprMethodCall, Item};

use crate::attr::literal_text;
use crate::errors::Errors;
use crate::names;

/// The methods of scopes and states whose first argument is the name of a state.
const NAMING: [&str; 20] = [
    "named",
    "choice",
    "map",
    "parallel",
    "wait",
    "wait_until",
    "pass",
    "pass_saved_as",
    "succeed",
    "succeed_with",
    "when",
    "when_some",
    "unless",
    "until",
    "as_long_as",
    "ends_as",
    "fail_as",
    "set_as",
    "ensure",
    "with_resource",
];

/// Reports empty, over-long and repeated names.
pub(super) fn check(body: TokenStream, errors: &mut Errors) {
    // Syntax that rustc has and syn lacks is no reason to fail: codegen checks the names again.
    let Ok(statements) = Block::parse_within.parse2(body) else { return };
    let mut visitor = Names { seen: BTreeMap::new(), errors };
    for statement in &statements {
        visitor.visit_stmt(statement);
    }
}

struct Names<'a> {
    /// Where each name was seen first, on any path that leads to here.
    seen: BTreeMap<String, Span>,
    errors: &'a mut Errors,
}

impl Names<'_> {
    fn note(&mut self, name: String, span: Span) {
        if let Some(problem) = names::state_name_problem(&name) {
            self.errors.at(span, problem);
        } else if let Some(first) = self.seen.get(&name) {
            let line = names::line(*first).map(|line| format!(", on line {line}")).unwrap_or_default();
            self.errors.at(span, format_args!("a state of this workflow is called `{name}` already{line}"));
        } else {
            self.seen.insert(name, span);
        }
    }

    /// Visits alternatives, of which the trace takes one: they may use the same names.
    fn visit_alternatives(&mut self, alternatives: &mut [&mut dyn FnMut(&mut Self)]) {
        let before = self.seen.clone();
        let mut after = before.clone();
        for alternative in alternatives {
            self.seen.clone_from(&before);
            alternative(self);
            after.append(&mut self.seen);
        }
        self.seen = after;
    }
}

impl<'ast> Visit<'ast> for Names<'_> {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        // Receiver first, so that names are noted in the order of the text.
        self.visit_expr(&call.receiver);
        if NAMING.iter().any(|naming| call.method == naming)
            && let Some(literal) = call.args.first().and_then(literal_text)
        {
            self.note(literal.value(), literal.span());
        }
        for argument in &call.args {
            self.visit_expr(argument);
        }
    }

    fn visit_expr_if(&mut self, branching: &'ast ExprIf) {
        self.visit_expr(&branching.cond);
        self.visit_alternatives(&mut [
            &mut |names| names.visit_block(&branching.then_branch),
            &mut |names| {
                if let Some((_, branch)) = &branching.else_branch {
                    names.visit_expr(branch);
                }
            },
        ]);
    }

    fn visit_expr_match(&mut self, branching: &'ast ExprMatch) {
        self.visit_expr(&branching.expr);
        let mut arms: Vec<_> =
            branching.arms.iter().map(|arm| move |names: &mut Self| names.visit_arm(arm)).collect();
        let mut arms: Vec<&mut dyn FnMut(&mut Self)> =
            arms.iter_mut().map(|arm| arm as &mut dyn FnMut(&mut Self)).collect();
        self.visit_alternatives(&mut arms);
    }

    /// Functions inside of the workflow trace into whatever scope they are given.
    fn visit_item(&mut self, _: &'ast Item) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn check_messages(body: TokenStream, expect: &[&str]) {
        let mut errors = Errors::new();
        check(body, &mut errors);
        let found: Vec<String> = match errors.finish() {
            Ok(()) => Vec::new(),
            Err(error) => error.into_iter().map(|error| error.to_string()).collect(),
        };
        assert_eq!(found, expect);
    }

    #[test]
    fn a_name_is_used_once() {
        check_messages(
            quote! {
                s.pass("Prepare", 1);
                s.parallel("Both").branch(|s| s.task(a()).named("Prepare")).branch(|s| s.wait("Both", 1));
            },
            &[
                "a state of this workflow is called `Prepare` already",
                "a state of this workflow is called `Both` already",
            ],
        );
    }

    #[test]
    fn other_strings_are_no_state_names() {
        check_messages(
            quote! {
                s.fail("Declined", "x").named("A");
                s.fail("Declined", "x").label("A");
                s.task(a("A")).save_as("A");
                s.choice("B").when(cond!(a.b > 1), |s| s.succeed("C"));
            },
            &[],
        );
    }

    #[test]
    fn lengths_are_checked_in_characters() {
        let (fits, long) = ("ü".repeat(80), "ü".repeat(81));
        check_messages(
            quote! { s.pass(#fits, 1); s.pass(#long, 1); s.pass("", 1); },
            &["a state name has at most 80 characters; this one has 81", "a state name cannot be empty"],
        );
    }

    #[test]
    fn alternatives_may_share_a_name() {
        check_messages(
            quote! {
                if FAST { s.pass("A", 1); } else if SLOW { s.pass("A", 2); }
                match MODE { 1 => s.pass("B", 1), _ => s.pass("B", 2) };
                s.pass("A", 3);
                s.pass("B", 3);
            },
            &[
                "a state of this workflow is called `A` already",
                "a state of this workflow is called `B` already",
            ],
        );
    }

    #[test]
    fn inner_functions_are_left_alone() {
        check_messages(quote! { s.pass("A", 1); fn helper(s: &mut Scope) { s.pass("A", 1); } }, &[]);
    }

    #[test]
    fn unknown_syntax_is_left_to_rustc() {
        check_messages(quote! { s.pass("A", 1); s.pass("A", ;); }, &[]);
    }
}
