//! What a group waits for and gives back.

use std::cell::Cell;
use std::rc::Rc;

use tulipa_combine::{TaskGroup, gather};
use tulipa_task::{all_tasks, create_task, current_task};
use tulipa_time::{sleep, yield_now};

use crate::support::{Log, Stopwatch, after, cancelled_after, fail, panic_of, run, seconds};

/// S-TG-1
#[test]
fn it_waits_for_every_child() {
    run(async {
        let log = Log::default();
        let clock = Stopwatch::start();
        let in_group = log.clone();
        let value = TaskGroup::run(async move |group| {
            for time in [3, 1, 2] {
                let log = in_group.clone();
                group.create_task(async move { log.add(after(time, time).await) }).detach();
            }
            "the body's value"
        });
        assert_eq!(value.await.unwrap(), "the body's value");
        assert_eq!((log.take().as_str(), clock.seconds()), ("1 2 3", 3));
    });
}

/// Starts the next before it ends, down to the fifth.
async fn child(group: TaskGroup, depth: Rc<Cell<u32>>) {
    sleep(seconds(1)).await;
    depth.set(depth.get() + 1);
    if depth.get() < 5 {
        group.create_task(child(group.clone(), depth)).detach();
    }
}

/// S-TG-1
#[test]
fn it_waits_for_children_that_children_start_while_it_is_exiting() {
    run(async {
        let clock = Stopwatch::start();
        let depth = Rc::new(Cell::new(0));
        let in_group = depth.clone();
        TaskGroup::run(async move |group| {
            group.create_task(child(group.clone(), in_group)).detach();
        })
        .await
        .unwrap();
        assert_eq!((depth.get(), clock.seconds()), (5, 5));
    });
}

/// S-TG-1: a handle that was given to a task outside the group.
#[test]
fn a_child_started_from_outside_while_it_is_exiting_is_waited_for() {
    run(async {
        let clock = Stopwatch::start();
        TaskGroup::run(async |group| {
            group.create_task(after(2, ())).detach();
            let handle = group.clone();
            create_task(async move {
                sleep(seconds(1)).await;
                handle.create_task(after(4, ())).detach();
            })
            .detach();
        })
        .await
        .unwrap();
        assert_eq!(clock.seconds(), 5);
    });
}

/// S-TG-10: there are no eager tasks yet: a child starts in the next iteration.
#[test]
fn a_child_starts_in_the_next_iteration_in_order() {
    run(async {
        let log = Log::default();
        let in_group = log.clone();
        TaskGroup::run(async move |group| {
            for n in 1..4 {
                let log = in_group.clone();
                group.create_task(async move { log.add(n) }).detach();
            }
            in_group.add("body");
            yield_now().await;
            in_group.add("body");
        })
        .await
        .unwrap();
        assert_eq!(log.take(), "body 1 2 3 body");
    });
}

#[test]
fn the_body_may_await_its_children_and_borrow_from_around_it() {
    run(async {
        let words = String::from("outside");
        let sum = TaskGroup::run(async |group| {
            let one = group.create_task(after(1, 1));
            let two = group.try_create_task(async { Ok::<_, std::fmt::Error>(2) });
            one.await.unwrap() + two.await.unwrap() + words.len()
        });
        assert_eq!(sum.await.unwrap(), 10);
    });
}

#[test]
fn without_children_it_takes_no_iteration() {
    run(async {
        let other = create_task(async {});
        assert_eq!(TaskGroup::run(async |_| 1).await.unwrap(), 1);
        assert_eq!(TaskGroup::try_run(async |_| Ok::<_, &str>(2)).await.unwrap(), 2);
        assert!(!other.done());
    });
}

#[test]
fn a_value_needs_no_static_lifetime_and_no_clone() {
    run(async {
        let words = [String::from("one"), String::from("two")];
        let borrowed = TaskGroup::run(async |_| &words[1]).await.unwrap();
        assert_eq!(borrowed, "two");
    });
}

/// S-TG-4
#[test]
fn a_child_that_is_cancelled_by_itself_is_no_failure() {
    run(async {
        let clock = Stopwatch::start();
        let ended = TaskGroup::run(async |group| {
            let cancelled = group.create_task(cancelled_after(1));
            let told = group.create_task(after(9, ()));
            group.create_task(after(3, ())).detach();
            sleep(seconds(2)).await;
            told.cancel();
            (cancelled, told)
        });
        let (cancelled, told) = ended.await.unwrap();
        assert!(cancelled.cancelled() && told.cancelled());
        assert_eq!(clock.seconds(), 3);
    });
}

#[test]
fn handles_keep_the_childrens_values_after_the_group() {
    run(async {
        let ended = TaskGroup::run(async |group| {
            [1, 2].map(|n| group.create_task(after(n, n)).with_name(format!("child {n}")))
        });
        let [one, two] = ended.await.unwrap();
        assert_eq!((&*one.name(), &*two.name()), ("child 1", "child 2"));
        assert_eq!(gather([one, two]).await.into_iter().map(Result::unwrap).sum::<u64>(), 3);
    });
}

#[test]
fn children_say_that_the_call_spawned_them() {
    run(async {
        TaskGroup::run(async |group| {
            let line = line!() + 1;
            let plain = group.create_task(async {});
            assert_eq!((plain.spawned_at().file(), plain.spawned_at().line()), (file!(), line));
            let line = line!() + 1;
            let fallible = group.try_create_task(async { Ok::<_, &str>(()) });
            assert_eq!(fallible.spawned_at().line(), line);
            assert_eq!(all_tasks()[1].parent(), current_task().map(|task| task.id()));
        })
        .await
        .unwrap();
    });
}

#[test]
fn outside_a_loop_create_task_refuses_and_names_the_callers_line() {
    let handle = run(async { TaskGroup::run(async |group| group.clone()).await.unwrap() });
    let line = line!() + 1;
    let call = || handle.create_task(async {}).detach();
    let refused = std::panic::catch_unwind(std::panic::AssertUnwindSafe(call)).unwrap_err();
    let said = refused.downcast_ref::<String>().unwrap();
    assert!(said.starts_with("no event loop is running on this thread"), "{said}");
    assert!(said.contains(&format!("{}:{line}:", file!())), "{said}");
}

#[test]
fn a_group_tells_how_it_stands() {
    run(async {
        TaskGroup::run(async |group| {
            group.create_task(after(1, ())).detach();
            let debug = format!("{group:?}");
            assert_eq!(debug, "TaskGroup { running: 1, errors: 0, closed: false }");
        })
        .await
        .unwrap();
    });
}

/// A server's group lives for ever: its children may not leave anything behind.
#[test]
fn children_that_end_are_forgotten_however_they_end() {
    run(async {
        TaskGroup::run(async |group| {
            let mut before = None;
            let lived_on = group.create_task(after(100, ()));
            for _ in 0..10 {
                group.create_task(async {}).detach();
                group.create_task(cancelled_after(0)).detach();
                let never_started = group.create_task(std::future::pending::<()>());
                never_started.cancel();
                drop(never_started);
                sleep(seconds(1)).await;
                assert_eq!(format!("{group:?}").split(',').next(), Some("TaskGroup { running: 1"));
                let bytes = crate::allocations::live_bytes();
                assert_eq!(*before.get_or_insert(bytes), bytes);
            }
            drop(lived_on);
        })
        .await
        .unwrap();
    });
}

#[test]
fn nested_groups_end_from_the_inside() {
    run(async {
        let log = Log::default();
        let clock = Stopwatch::start();
        TaskGroup::run(async |outer| {
            let in_outer = log.clone();
            outer.create_task(async move { in_outer.add(after(3, "outer").await) }).detach();
            TaskGroup::run(async |inner| {
                let in_inner = log.clone();
                inner.create_task(async move { in_inner.add(after(2, "inner").await) }).detach();
            })
            .await
            .unwrap();
            log.add("body");
        })
        .await
        .unwrap();
        assert_eq!((log.take().as_str(), clock.seconds()), ("inner body outer", 3));
    });
}

/// S-TG-5: there is no exception that leaves bare; a body's panic does if no child failed.
#[test]
fn a_panic_of_the_body_goes_on_when_the_children_have_ended() {
    run(async {
        let log = Log::default();
        let in_group = log.clone();
        let said = panic_of(TaskGroup::run(async move |group| {
            let child = crate::support::cleans_up(in_group, "cleaned", 2);
            group.create_task(child).detach();
            yield_now().await;
            fail("in the body")
        }));
        assert_eq!(said.await, "in the body");
        assert_eq!(log.take(), "cleaned");
    });
}
