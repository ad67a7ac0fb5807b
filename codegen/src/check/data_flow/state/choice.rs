//! The Choice state: each rule is tested on what the rules before it left over.

use jsonata_core::ast::AstNode;

use crate::asl::{Choice, ChoiceRule, OrExpression, RuleTest, TransitionField};
use crate::check::data_flow::expression;
use crate::check::data_flow::fault::Fault;
use crate::check::data_flow::place::At;
use crate::check::data_flow::shape::{Kinds, Shape};
use crate::check::data_flow::state::Leave;
use crate::check::data_flow::state::narrow::{self, Narrowed};
use crate::check::data_flow::state::outcome::{self, Fields};
use crate::check::data_flow::view::{View, quoted_expression};
use crate::check::data_flow::wants::Wants;
use crate::check::texts::Syntax;
use crate::diagnostic::Code;

pub(super) fn leave<'m>(view: &View<'_, '_, 'm>, choice: &'m Choice) -> Vec<Leave<'m>> {
    let state = view.entry.state;
    let mut leave = Vec::new();
    let mut left = view.input.clone();
    let mut fails = false;
    for (position, rule) in choice.choices.iter().enumerate() {
        let before = view.count();
        let narrowed = test(view, rule, position, &left);
        if position > 0 {
            // An earlier rule may have been chosen.
            view.unsure(before);
        }
        let by = Some(TransitionField::Choice(position));
        if !narrowed.yes.is_never() {
            let inner = view.with_input(narrowed.yes);
            let choices = At::field("Choices");
            let at = choices.element(position);
            let fields = Fields { assign: at.member("Assign"), output: at.member("Output") };
            if view.is_jsonata() {
                let input = inner.input.clone();
                let way = outcome::jsonata(
                    &inner,
                    rule.assign.as_ref(),
                    rule.output.as_ref(),
                    None,
                    input,
                    by,
                    &fields,
                );
                leave.extend(way);
            } else {
                leave.extend(outcome::pass_through(&inner, rule.assign.as_ref(), None, by));
            }
            view.take_over(inner);
        }
        left = narrowed.no;
        if left.is_never() {
            fails = view.count() > before;
            break;
        }
    }
    if left.is_never() {
        // Some rule is chosen for certain, or a test fails.
        return leave;
    }
    if choice.default.is_some() {
        let inner = view.with_input(left);
        let by = Some(TransitionField::Default);
        leave.extend(outcome::pass_through(&inner, state.assign.as_ref(), state.output.as_ref(), by));
        view.take_over(inner);
    } else if !choice.choices.is_empty() && leave.is_empty() && !fails && view.count() == 0 {
        let fault = Fault::new(Code::NoRuleMatches, "no rule can match, and there is no `Default`");
        view.fault(&At::field("Choices"), fault);
    }
    leave
}

impl<'i> View<'_, 'i, '_> {
    fn condition(&self, condition: &OrExpression<bool>) -> Option<&'i AstNode> {
        let OrExpression::Expression(text) = condition else { return None };
        match self.flow.syntax(text) {
            Some(Syntax::Expression(_, syntax)) => Some(syntax),
            _ => None,
        }
    }
}

fn test(view: &View<'_, '_, '_>, rule: &ChoiceRule, position: usize, input: &Shape) -> Narrowed {
    let choices = At::field("Choices");
    let at = choices.element(position);
    match &rule.test {
        RuleTest::Condition(condition) => {
            let at = at.member("Condition");
            // The rules before it leave less of the input.
            let narrower = view.with_input(input.clone());
            let given = narrower.constant(condition, &narrower.states(None), &at);
            view.take_over(narrower);
            let text = || match condition {
                OrExpression::Expression(text) => quoted_expression(text),
                OrExpression::Constant(_) => "it".to_owned(),
            };
            let given = view.expect(given, Wants::Kinds(Kinds::BOOLEAN), &at, text);
            let when = |is_true: bool| {
                let kind = if is_true { Kinds::TRUE } else { Kinds::FALSE };
                match view.condition(condition) {
                    _ if !given.kinds.has(kind) => Shape::NEVER,
                    Some(syntax) => expression::narrow(syntax, is_true, input),
                    None => input.clone(),
                }
            };
            Narrowed { yes: when(true), no: when(false) }
        }
        RuleTest::Test(test) => narrow::test(view, test, input, &at),
    }
}
