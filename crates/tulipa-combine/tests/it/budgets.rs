//! What the combinators cost: allocations, polls, bytes.

use std::cell::Cell;
use std::future::{pending, ready};
use std::rc::Rc;

use tulipa_combine::{
    AsCompleted, ChildError, ReturnWhen, Shield, TaskGroup, TaskGroupError, Wait, as_completed,
    gather, shield, wait,
};
use tulipa_task::{Task, create_task};
use tulipa_time::{sleep, yield_now};

use crate::allocations::allocations;
use crate::support::{after, count_polls, fail, run, seconds};

/// How many allocations a future makes when it runs on a loop whose queues have their size.
fn cost<F: Future<Output = ()> + 'static>(make: impl Fn() -> F + 'static) -> usize {
    run(async move {
        // So that the queues of the loop need not grow.
        gather((0..64).map(|_| yield_now())).await;
        for _ in 0..8 {
            make().await;
        }
        let before = allocations();
        make().await;
        allocations() - before
    })
}

/// What a task costs by itself, and what a view of it costs more.
fn task_and_view() -> (usize, usize) {
    let task = cost(async || create_task(ready(())).await.unwrap());
    let viewed = cost(async || {
        let task = create_task(ready(()));
        drop(task.task_ref());
        task.await.unwrap();
    });
    (task, viewed - task)
}

#[test]
fn a_child_of_gather_is_a_task_and_no_more() {
    let (task, _) = task_and_view();
    let tuple = cost(async || {
        gather((ready(1), ready(2), yield_now())).await;
    });
    assert_eq!(tuple, 1 + 3 * task, "what they share");
    let list = cost(async || {
        gather((0..8).map(ready)).await;
    });
    assert_eq!(list, 1 + 8 * task + 2, "the same; the list of tasks, the list of values");
}

#[test]
fn a_child_of_as_completed_is_a_task_and_no_more() {
    let (task, _) = task_and_view();
    let all = cost(async || {
        let mut results = as_completed((0..4).map(ready));
        while results.next().await.is_some() {}
    });
    assert_eq!(all, 1 + 4 * task + 2, "what they share; the list of tasks, and of what ended");
}

#[test]
fn a_shield_is_a_task_and_word_of_its_end() {
    let (task, _) = task_and_view();
    assert_eq!(cost(async || shield(yield_now()).await), task + 1);
}

/// The waiter's list, and what it shares with the callbacks, which are boxed.
#[test]
fn waiting_for_a_task_is_a_done_callback_in_a_box() {
    let (task, _) = task_and_view();
    let with_callback = cost(async || {
        let task = create_task(ready(()));
        task.add_done_callback(|_| {});
        task.await.unwrap();
        yield_now().await;
    });
    let waiting_for = |count: usize| {
        let tasks = move || (0..count).map(|_| create_task(yield_now())).collect::<Vec<_>>();
        let alone = cost(move || async move {
            let tasks = tasks();
            sleep(seconds(1)).await;
            drop(tasks);
        });
        let waited_for = cost(move || async move { drop(wait(tasks()).await) });
        waited_for - alone
    };
    let each = with_callback - task + 1;
    assert_eq!([0, 1, 2, 4].map(waiting_for), [0, 2 + each, 2 + 2 * each, 2 + 4 * each]);
}

#[test]
fn a_child_of_a_group_is_a_task_and_a_view() {
    let (task, view) = task_and_view();
    let one = cost(async || {
        TaskGroup::run(async |group| group.create_task(yield_now()).detach()).await.unwrap();
    });
    let two = cost(async || {
        TaskGroup::run(async |group| {
            group.create_task(yield_now()).detach();
            group.create_task(yield_now()).detach();
        })
        .await
        .unwrap();
    });
    let none = cost(async || TaskGroup::run(async |_| {}).await.unwrap());
    assert_eq!(none, 2, "what they share, and the body's cancellation");
    assert_eq!(two - one, task + view);
    assert_eq!(one - none, task + view + 1, "and a place among the children, room for eleven");
}

/// Polls of the one who waits, and of each child that suspends once.
fn polls_of<F: Future<Output = ()> + 'static>(
    run_children: impl FnOnce(Rc<Cell<usize>>) -> F,
) -> (usize, usize) {
    let [waiter, children] = [Rc::new(Cell::new(0)), Rc::new(Cell::new(0))];
    run(count_polls(waiter.clone(), run_children(children.clone())));
    (waiter.get(), children.get())
}

const MANY: usize = 1000;

#[test]
fn gather_is_polled_three_times_however_many_children_it_has() {
    let polls = polls_of(|polls| async move {
        gather((0..MANY).map(|n| count_polls(polls.clone(), ready(n)))).await;
    });
    assert_eq!(polls, (3, MANY), "it begins, it is over, and those that were told before have run");
    let staggered = polls_of(|polls| async move {
        gather((0..MANY).map(|n| count_polls(polls.clone(), after(n as u64 + 1, ())))).await;
    });
    assert_eq!(staggered, (3, 2 * MANY), "nor how far apart they end");
}

#[test]
fn gather_with_exceptions_is_polled_once_for_each_that_fails_and_once_more() {
    let staggered = polls_of(|polls| async move {
        let fails = |n| async move {
            sleep(seconds(n as u64 + 1)).await;
            fail("expected")
        };
        let children = (0..MANY).map(|n| {
            count_polls(polls.clone(), async move {
                let never: std::convert::Infallible = fails(n).await;
                match never {}
            })
        });
        drop(
            gather(children.map(|child| async move {
                child.await;
            }))
            .return_exceptions()
            .await,
        );
    });
    assert_eq!(staggered, (2 + MANY, 2 * MANY));
}

#[test]
fn as_completed_is_polled_twice_for_each_wake_up() {
    let together = polls_of(|polls| async move {
        let mut results = as_completed((0..MANY).map(|n| count_polls(polls.clone(), ready(n))));
        while results.next().await.is_some() {}
    });
    assert_eq!(together, (3, MANY));
    let staggered = polls_of(|polls| async move {
        let mut results =
            as_completed((0..MANY).map(|n| count_polls(polls.clone(), after(n as u64 + 1, ()))));
        while results.next().await.is_some() {}
    });
    assert_eq!(staggered, (1 + 2 * MANY, 2 * MANY));
}

#[test]
fn wait_is_polled_when_it_is_enough_and_for_first_exception_once_for_each() {
    for (return_when, expected) in [
        (ReturnWhen::AllCompleted, 2),
        (ReturnWhen::FirstCompleted, 2),
        (ReturnWhen::FirstException, 1 + MANY),
    ] {
        let polls = polls_of(|polls| async move {
            let naps = (0..MANY).map(|n| count_polls(polls.clone(), after(n as u64 + 1, ())));
            wait(naps.map(create_task)).return_when(return_when).await;
        });
        assert_eq!(polls.0, expected, "{return_when:?}");
    }
}

#[test]
fn a_group_is_polled_three_times_however_many_children_it_has() {
    let polls = polls_of(|polls| async move {
        TaskGroup::run(async |group| {
            for n in 0..MANY {
                group.create_task(count_polls(polls.clone(), after(n as u64, ()))).detach();
            }
        })
        .await
        .unwrap();
    });
    assert_eq!(polls, (3, 2 * MANY));
}

#[test]
#[cfg(target_pointer_width = "64")]
fn bytes() {
    let own = [size_of::<Wait<Task<()>>>(), size_of::<AsCompleted<()>>(), size_of::<Shield<()>>()];
    let task = size_of::<Task<()>>();
    assert_eq!(own, [104, 48, task + 16]);
    assert_eq!([size_of::<TaskGroup>(), size_of::<TaskGroupError>()], [8, 24]);
    assert_eq!(size_of::<ChildError>(), 48);
    run(async move {
        let list = gather([pending::<()>()]);
        let pair = gather((pending::<()>(), pending::<()>()));
        let group = TaskGroup::run(async |_| pending::<()>().await);
        let futures = [size_of_val(&list), size_of_val(&pair), size_of_val(&group)];
        drop((list, pair));
        assert_eq!(futures, [104, 80 + 2 * task, 208]);
    });
}

/// Who may send what: nothing that holds a task, nor what is in a `Box<dyn Error>`.
mod traits {
    use std::fmt::Debug;

    use tulipa_combine::{
        AsCompleted, AsCompletedTimeout, ChildError, ChildFailure, Next, ReturnWhen, Shield,
        TaskGroup, TaskGroupError, Wait,
    };
    use tulipa_task::Task;

    fn unpin_and_debug<T: Unpin + Debug>() {}
    fn send_and_sync<T: Send + Sync>() {}

    #[test]
    fn all_are_unpin_and_debug() {
        // The content need not be either.
        struct Opaque(std::marker::PhantomPinned);

        unpin_and_debug::<AsCompleted<Opaque>>();
        unpin_and_debug::<AsCompletedTimeout<Opaque>>();
        unpin_and_debug::<Next<'static, AsCompleted<Opaque>>>();
        unpin_and_debug::<Shield<Opaque>>();
        unpin_and_debug::<Wait<Task<Opaque>>>();
        unpin_and_debug::<TaskGroup>();
        unpin_and_debug::<TaskGroupError>();
        unpin_and_debug::<ChildError>();
        unpin_and_debug::<ChildFailure>();
        send_and_sync::<ReturnWhen>();
        unpin_and_debug::<ReturnWhen>();
    }
}
