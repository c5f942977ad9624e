//! What an exception handler is told, and what it prints.

use std::panic::Location;

use tulipa_rt::ExceptionContext;

use crate::support::header;

#[test]
fn it_says_only_what_is_known() {
    let context = ExceptionContext::new("Something happened");
    assert_eq!(context.to_string(), "Something happened");
    assert_eq!(context.message(), "Something happened");
    assert_eq!((context.exception_text(), context.task_name()), (None, None));
    assert_eq!((context.task_id(), context.location()), (None, None));
}

#[test]
fn it_says_all_that_is_known() {
    let header = header();
    header.shared_name().set("worker".into());
    let here = Location::caller();
    let context = ExceptionContext::new("Something happened")
        .exception("out of range")
        .task(&header, "pending")
        .scheduled_at(here);
    let expected = format!(
        "Something happened\ntask: <Task pending name='worker' spawned at {}>\n\
         scheduled at {here}\nexception: out of range",
        header.spawned_at()
    );
    assert_eq!(context.to_string(), expected);
    assert_eq!(context.task_name(), Some("worker"));
    assert_eq!(context.task_id(), Some(header.id()));
    assert_eq!(context.exception_text(), Some("out of range"));
    assert_eq!(context.location(), Some(header.spawned_at()), "the task's, if there is a task");
}

#[test]
fn it_keeps_the_facts_when_the_task_is_gone() {
    let header = header();
    let context = ExceptionContext::new("lost").task(&header, "pending");
    let id = header.id();
    header.shared_name().set("renamed too late".into());
    drop(header);
    assert_eq!(context.task_name(), Some(&*format!("Task-{id}")));
}

#[test]
fn a_callback_has_the_place_where_it_was_scheduled() {
    let here = Location::caller();
    let context = ExceptionContext::new("Exception in callback").scheduled_at(here);
    assert_eq!(context.location(), Some(here));
    assert_eq!(context.to_string(), format!("Exception in callback\nscheduled at {here}"));
}

#[test]
fn a_panic_is_told_in_its_own_words() {
    let said = |payload: Box<dyn std::any::Any + Send>| {
        let context = ExceptionContext::new("").panic(&*payload);
        context.exception_text().map(ToOwned::to_owned)
    };
    assert_eq!(said(Box::new("a literal")).as_deref(), Some("a literal"));
    assert_eq!(said(Box::new("a string".to_owned())).as_deref(), Some("a string"));
    assert_eq!(said(Box::new(7)).as_deref(), Some("a panic whose payload is no text"));
}
