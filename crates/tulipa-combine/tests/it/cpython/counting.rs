//! How many tasks there are, and how many are ever queued: the counting tests of
//! `test_eager_task_factory`.

use std::cell::RefCell;
use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use tulipa_combine::{TaskGroup, gather};
use tulipa_rt::TaskFactory;
use tulipa_task::{TaskId, current_task, eager_task_factory};
use tulipa_test::TestLoop;

use crate::support::run;

/// The tasks that have run.
#[derive(Clone, Default)]
struct Seen(Rc<RefCell<HashSet<TaskId>>>);

impl Seen {
    fn this_one(&self) {
        self.0.borrow_mut().insert(current_task().unwrap().id());
    }

    fn count(&self) -> usize {
        self.0.borrow().len()
    }
}

/// Runs a future on a loop whose tasks start eagerly. But for the main task, which starts as the
/// loop does, none may be queued: all must be over in one iteration.
fn run_eagerly<T: 'static>(future: Recursive<T>) -> T {
    let test_loop = TestLoop::new();
    test_loop.runtime().tasks().set_factory(Some(TaskFactory::new(eager_task_factory)));
    let task = test_loop.create_task(future);
    assert!(test_loop.turn() && task.done());
    assert!(!test_loop.turn(), "something was queued");
    test_loop.run_until_complete(task).unwrap().unwrap()
}

type Recursive<T> = Pin<Box<dyn Future<Output = T>>>;

fn awaitable_chain(depth: u32, seen: Seen) -> Recursive<u32> {
    Box::pin(async move {
        seen.this_one();
        if depth == 0 { 0 } else { 1 + awaitable_chain(depth - 1, seen).await }
    })
}

/// `test_eager_task_factory.NonEagerTests.test_awaitables_chain`
#[test]
fn awaitables_chain() {
    let seen = Seen::default();
    assert_eq!(run(awaitable_chain(100, seen.clone())), 100);
    assert_eq!(seen.count(), 1);
}

/// `test_eager_task_factory.EagerTests.test_awaitables_chain`
#[test]
fn awaitables_chain_eagerly() {
    let seen = Seen::default();
    assert_eq!(run_eagerly(awaitable_chain(100, seen.clone())), 100);
    assert_eq!(seen.count(), 1);
}

/// What five children of five children, four deep, make with their root.
const TREE: usize = 1 + 5 + 5 * 5 + 5 * 5 * 5 + 5 * 5 * 5 * 5;

fn recursive_taskgroups(width: u32, depth: u32, seen: Seen) -> Recursive<()> {
    Box::pin(async move {
        seen.this_one();
        if depth == 0 {
            return;
        }
        TaskGroup::run(async |group| {
            for _ in 0..width {
                group.create_task(recursive_taskgroups(width, depth - 1, seen.clone())).detach();
            }
        })
        .await
        .unwrap();
    })
}

/// `test_eager_task_factory.NonEagerTests.test_recursive_taskgroups`
#[test]
fn taskgroups_in_taskgroups() {
    let seen = Seen::default();
    run(recursive_taskgroups(5, 4, seen.clone()));
    assert_eq!(seen.count(), TREE);
}

/// `test_eager_task_factory.EagerTests.test_recursive_taskgroups`
#[test]
fn taskgroups_in_taskgroups_eagerly() {
    let seen = Seen::default();
    run_eagerly(recursive_taskgroups(5, 4, seen.clone()));
    assert_eq!(seen.count(), TREE);
}

fn recursive_gather(width: u32, depth: u32, seen: Seen) -> Recursive<()> {
    Box::pin(async move {
        seen.this_one();
        if depth > 0 {
            gather((0..width).map(|_| recursive_gather(width, depth - 1, seen.clone()))).await;
        }
    })
}

/// `test_eager_task_factory.NonEagerTests.test_recursive_gather`
#[test]
fn gathers_in_gathers() {
    let seen = Seen::default();
    run(recursive_gather(5, 4, seen.clone()));
    assert_eq!(seen.count(), TREE);
}

/// `test_eager_task_factory.EagerTests.test_recursive_gather`
#[test]
fn gathers_in_gathers_eagerly() {
    let seen = Seen::default();
    run_eagerly(recursive_gather(5, 4, seen.clone()));
    assert_eq!(seen.count(), TREE);
}
