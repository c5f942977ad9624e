//! What loop and handles know of a task.

use std::collections::HashSet;
use std::sync::Arc;
use std::thread;

use tulipa_rt::{Registered, TaskName, enter_task};

use crate::support::{Nobody, header};

#[test]
fn ids_are_never_reused_and_count_up_on_each_thread() {
    let make = || -> Vec<_> { (0..3000).map(|_| header().id()).collect() };
    let ids = [(); 3].map(|()| thread::spawn(make)).map(|thread| thread.join().unwrap());
    assert!(ids.iter().all(|ids| ids.is_sorted()), "order of creation");
    assert_eq!(ids.iter().flatten().collect::<HashSet<_>>().len(), 9000);
}

#[test]
fn loops_have_numbers_that_are_never_reused() {
    let ids: HashSet<_> = (0..100).map(|_| Registered::new(Arc::new(Nobody)).id()).collect();
    assert_eq!(ids.len(), 100);
}

#[test]
fn a_task_without_a_name_is_called_by_its_number() {
    let header = header();
    assert_eq!(&*header.name(), format!("Task-{}", header.id()));
    assert_eq!(header.shared_name().get(), None, "also after somebody asked for it");
}

#[test]
fn the_name_is_shared_and_outlives_the_task() {
    let header = header();
    let name: Arc<TaskName> = header.shared_name().clone();
    name.set("worker".into());
    assert_eq!(&*header.name(), "worker");
    header.shared_name().set("boss".into());
    drop(header);
    assert_eq!(name.get().as_deref(), Some("boss"));
}

#[test]
fn it_knows_who_spawned_it_and_where() {
    let first = header();
    let line = line!() + 1;
    let second = enter_task(&first, header);
    assert_eq!((first.parent(), second.parent()), (None, Some(first.id())));
    assert_eq!((first.spawned_at().file(), first.spawned_at().line()), (file!(), line - 2));
}

#[test]
fn the_debug_form_tells_name_place_and_cancellation() {
    let header = header();
    header.shared_name().set("worker".into());
    let debug = format!("{header:?}");
    for part in ["worker", file!(), "Cancellation", "scheduler"] {
        assert_eq!(debug.contains(part), part != "scheduler", "{debug}");
    }
}

#[test]
fn the_name_may_be_set_from_any_thread() {
    let header = header();
    let name = header.shared_name().clone();
    thread::spawn(move || name.set("from afar".into())).join().unwrap();
    assert_eq!(&*header.name(), "from afar");
}
