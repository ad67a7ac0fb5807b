//! The article made from a ticket.

use stepwright_examples::zendesk_article::{
    Article, Detail, Ticket, TicketEvent, TicketReference, User, create_article, get_full_ticket,
    get_full_user, zendesk_create_article,
};
use stepwright_sim::WorkflowSimulation;

#[test]
fn the_last_function_sees_ticket_and_user() {
    let ticket = TicketReference { id: 7, requester_id: 9 };
    WorkflowSimulation::of(&zendesk_create_article())
        .expect("the example compiles")
        .on::<get_full_ticket, _>(|event| {
            Ok(Ticket { subject: format!("ticket {}", event.detail.ticket.id), comments: vec![] })
        })
        .on::<get_full_user, _>(|event| {
            Ok(User { name: format!("user {}", event.detail.ticket.requester_id) })
        })
        .on::<create_article, _>(|known| {
            Ok(Article { url: format!("/{} by {}", known.ticket.subject, known.user.name) })
        })
        .run(TicketEvent { detail: Detail { ticket } })
        .expect("every task has a stand-in")
        .assert_succeeded_with(Article { url: "/ticket 7 by user 9".to_owned() });
}
