//! Every combinator, cancelled at each of its suspensions: nothing leaks, no wake-up is lost, and
//! every child's cleanup runs to its end before the combinator gives up.

use std::cell::Cell;
use std::future::pending;
use std::rc::Rc;

use tulipa_cancel::catch_cancel;
use tulipa_combine::{ReturnWhen, TaskGroup, as_completed, gather, shield, wait};
use tulipa_task::{Promise, Task, create_task};
use tulipa_test::{CancelPoint, cancel_at_every_suspension};
use tulipa_time::{sleep, timeout, yield_now};

use crate::support::seconds;

/// The works that are alive, and those whose answer to a cancellation was cut short.
#[derive(Clone, Default)]
struct Works(Rc<Counts>);

#[derive(Default)]
struct Counts {
    begun: Cell<usize>,
    alive: Cell<usize>,
    cut_short: Cell<usize>,
}

struct Alive(Works);

impl Drop for Alive {
    fn drop(&mut self) {
        let alive = &self.0.0.alive;
        alive.set(alive.get() - 1);
    }
}

impl Works {
    /// Sleeps twice; its answer to a cancellation awaits, too.
    async fn work(self, time: u64) {
        let counts = &self.0;
        counts.begun.set(counts.begun.get() + 1);
        counts.alive.set(counts.alive.get() + 1);
        let _alive = Alive(self.clone());
        let body = async {
            sleep(seconds(time)).await;
            sleep(seconds(1)).await;
        };
        if let Err(cancelled) = catch_cancel(body).await {
            counts.cut_short.set(counts.cut_short.get() + 1);
            sleep(seconds(2)).await;
            yield_now().await;
            counts.cut_short.set(counts.cut_short.get() - 1);
            cancelled.resume().await;
        }
    }

    #[track_caller]
    fn assert_over(&self) {
        assert_eq!(self.0.alive.get(), 0, "a work was left running");
    }

    #[track_caller]
    fn assert_clean(&self) {
        self.assert_over();
        assert_eq!(self.0.cut_short.get(), 0, "a cleanup was cut short");
    }
}

/// Cancels a future at each of its suspensions, and asserts that when it has ended, every work
/// that has begun has, too, and passes the check. Where works may have another reason to clean up,
/// the cancel comes as the second request and interrupts that.
fn cancel_everywhere_and<F: Future + 'static>(
    check: fn(&Works),
    make: impl Fn(Works) -> F,
) -> usize {
    let make = &make;
    cancel_at_every_suspension(move |point: CancelPoint| {
        let works = Works::default();
        let victim = make(works.clone());
        async move {
            let task = create_task(async move { drop(point.victim(victim).await) });
            let _ = task.await;
            check(&works);
        }
    })
}

fn cancel_everywhere<F: Future + 'static>(make: impl Fn(Works) -> F) -> usize {
    cancel_everywhere_and(Works::assert_clean, make)
}

#[test]
fn gather_of_one_and_of_three() {
    assert!(cancel_everywhere(|works| async move { gather([works.work(1)]).await }) >= 1);
    let three = |works: Works| async move {
        gather((works.clone().work(1), works.clone().work(3), works.work(2))).await;
        yield_now().await;
    };
    assert!(cancel_everywhere(three) >= 2);
    let results = |works: Works| async move {
        drop(gather([3, 1, 2].map(|time| works.clone().work(time))).return_exceptions().await);
    };
    assert!(cancel_everywhere(results) >= 1);
}

#[test]
fn gather_of_tasks_and_of_gathers() {
    let tasks = |works: Works| async move {
        let tasks = [1, 2].map(|time| create_task(works.clone().work(time)));
        drop(gather(tasks).await);
    };
    cancel_everywhere(tasks);
    let nested = |works: Works| async move {
        gather([1, 2].map(|n| gather([n, n + 1].map(|time| works.clone().work(time))))).await;
    };
    cancel_everywhere(nested);
}

/// What `wait` waits for goes on: the tasks here are joined by the one around.
#[test]
fn wait_with_each_return_when_and_a_timeout() {
    for return_when in
        [ReturnWhen::FirstCompleted, ReturnWhen::FirstException, ReturnWhen::AllCompleted]
    {
        for timeout in [None, Some(1), Some(4)] {
            let suspensions = cancel_at_every_suspension(|point| async move {
                let works = Works::default();
                let tasks = [1, 3].map(|time| create_task(works.clone().work(time)));
                let promise = Promise::<()>::new();
                let views = tasks.each_ref().map(Task::task_ref);
                let in_waiter = promise.clone();
                let waiter = create_task(async move {
                    let mut waiting = wait(tasks).return_when(return_when);
                    if let Some(timeout) = timeout {
                        waiting = waiting.timeout(seconds(timeout));
                    }
                    let on_promise = wait([in_waiter]).timeout(seconds(2));
                    drop(point.victim(async { (waiting.await, on_promise.await) }).await);
                });
                let _ = waiter.await;
                while views.iter().any(|view| !view.done()) {
                    sleep(seconds(1)).await;
                }
                assert!(views.iter().all(|view| view.cancelling() == 0), "it cancels nothing");
                assert!(!promise.done());
                works.assert_over();
            });
            assert!(suspensions >= 2);
        }
    }
}

/// What `as_completed` runs goes on, too.
#[test]
fn as_completed_with_and_without_a_timeout() {
    for timeout in [1, 4, 100] {
        let suspensions = cancel_at_every_suspension(|point| async move {
            let works = Works::default();
            let mut results = as_completed([2, 1, 3].map(|time| works.clone().work(time)));
            let waiter = create_task(async move {
                point
                    .victim(async move {
                        results.next().await;
                        let mut results = results.timeout(seconds(timeout));
                        while results.next().await.is_some() {}
                    })
                    .await;
            });
            let _ = waiter.await;
            sleep(seconds(100)).await;
            works.assert_over();
            assert_eq!(works.0.begun.get(), 3);
        });
        assert!(suspensions >= 2);
    }
}

#[test]
fn shield_and_what_it_shields() {
    let suspensions = cancel_at_every_suspension(|point| async move {
        let works = Works::default();
        let work = shield(works.clone().work(2));
        let view = work.task_ref();
        let waiter = create_task(async move { point.victim(work).await });
        let _ = waiter.await;
        while !view.done() {
            sleep(seconds(1)).await;
        }
        assert!(!view.cancelled());
        works.assert_over();
    });
    assert_eq!(suspensions, 2);
}

/// The children's and the body's cleanups, whether the group ends well, fails, or is cancelled.
#[test]
fn task_group_however_it_ends() {
    #[derive(Clone, Copy)]
    enum End {
        Well,
        ChildFails,
        BodyFails,
        Cancelled,
    }

    for end in [End::Well, End::ChildFails, End::BodyFails, End::Cancelled] {
        let group = |works: Works| async move {
            let _ = TaskGroup::try_run(async |group| {
                group.create_task(works.clone().work(1)).detach();
                group.create_task(works.clone().work(4)).detach();
                match end {
                    End::Well => {}
                    End::BodyFails => return Err("the body"),
                    End::Cancelled => group.cancel(),
                    End::ChildFails => {
                        let child = async {
                            sleep(seconds(2)).await;
                            Err::<(), _>("a child")
                        };
                        group.try_create_task(child).detach();
                    }
                }
                works.clone().work(3).await;
                Ok(())
            })
            .await;
            yield_now().await;
        };
        let check = match end {
            End::Well => Works::assert_clean,
            _ => Works::assert_over,
        };
        assert!(cancel_everywhere_and(check, group) >= 1);
    }
}

#[test]
fn children_that_start_children_and_nested_groups() {
    let nested = |works: Works| async move {
        let _ = TaskGroup::run(async |outer| {
            let (handle, grandchild) = (outer.clone(), works.clone());
            outer
                .create_task(async move {
                    sleep(seconds(1)).await;
                    handle.create_task(grandchild.work(1)).detach();
                })
                .detach();
            let inner = works.clone();
            let inner = TaskGroup::run(async move |group| {
                group.create_task(inner.clone().work(2)).detach();
                inner.work(1).await;
            });
            outer.try_create_task(inner).detach();
            works.clone().work(1).await;
        })
        .await;
    };
    assert!(cancel_everywhere(nested) >= 3);
}

#[test]
fn a_group_inside_a_deadline_inside_a_gather_inside_a_group() {
    for deadline in [2, 4, 100] {
        let all = |works: Works| async move {
            let limited = |works: Works| async move {
                let group = TaskGroup::run(async |group| {
                    group.create_task(works.clone().work(1)).detach();
                    works.work(2).await;
                });
                drop(timeout(seconds(deadline), group).await);
            };
            let _ = TaskGroup::run(async |group| {
                let children = [works.clone(), works.clone()].map(limited);
                group.create_task(async { gather(children).await }).detach();
                works.clone().work(3).await;
            })
            .await;
        };
        assert!(cancel_everywhere_and(Works::assert_over, all) >= 2);
    }
}

/// Caught around the group, the task goes on with everything of the group behind it.
#[test]
fn a_group_inside_a_catch() {
    let caught = |works: Works| async move {
        let group = TaskGroup::run(async |group| {
            group.create_task(works.clone().work(2)).detach();
            works.clone().work(1).await;
        });
        match catch_cancel(group).await {
            Ok(ended) => drop(ended),
            Err(cancelled) => {
                works.assert_over();
                yield_now().await;
                cancelled.suppress();
            }
        }
        works.work(1).await;
    };
    assert!(cancel_everywhere(caught) >= 3);
}

/// A child that will not end by a cancellation is waited for all the same.
#[test]
fn a_group_with_a_stubborn_child() {
    let stubborn = |works: Works| async move {
        let _ = TaskGroup::run(async |group| {
            let child = works.clone();
            group
                .create_task(async move {
                    if let Err(cancelled) = catch_cancel(sleep(seconds(3))).await {
                        cancelled.suppress();
                    }
                    child.work(3).await;
                })
                .detach();
            let _ = timeout(seconds(1), pending::<()>()).await;
        })
        .await;
    };
    assert!(cancel_everywhere(stubborn) >= 2);
}
