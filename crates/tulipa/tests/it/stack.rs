//! All crates together on the real loop: cancel, timeout, gather, task groups, queues.

use std::future::pending;
use std::rc::Rc;
use std::time::Duration;

use tulipa::cancel::{CancelExt, catch_cancel};
use tulipa::sync::{Event, Lock, Queue};
use tulipa::{
    TaskGroup, as_completed, create_task, gather, shield, sleep, timeout, wait, yield_now,
};

use crate::support::{Log, on_both_backends};

const HOUR: Duration = Duration::from_secs(3600);

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

#[test]
fn a_deadline_awaits_the_cleanup_of_what_it_ends() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let writes = log.clone();
        event_loop
            .run_until_complete(async move {
                let work = sleep(HOUR).finally(async || {
                    sleep(millis(2)).await;
                    writes.add("cleaned up");
                });
                assert!(timeout(millis(1), work).await.is_err());
                writes.add("timed out");
            })
            .unwrap();
        assert_eq!(log.take(), ["cleaned up", "timed out"]);
    });
}

#[test]
fn a_cancelled_task_passes_it_on_and_cleans_up_from_the_inside_out() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let (inner_log, outer_log) = (log.clone(), log.clone());
        let ended = event_loop.run_until_complete(async move {
            let outer = create_task(async move {
                let inner = create_task(sleep(HOUR).finally(async move || {
                    sleep(millis(1)).await;
                    inner_log.add("inner");
                }));
                inner.finally(async move || outer_log.add("outer")).await
            });
            sleep(millis(1)).await;
            outer.cancel_with("shutting down");
            outer.await.unwrap_err().to_string()
        });
        let text = ended.unwrap();
        assert!(text.ends_with("was cancelled: shutting down"), "{text}");
        assert_eq!(log.take(), ["inner", "outer"]);
    });
}

#[test]
fn gather_keeps_the_order_of_its_arguments_and_runs_them_together() {
    on_both_backends(|event_loop| {
        let ran = event_loop.run_until_complete(async {
            let later = |after, value| async move {
                sleep(millis(after)).await;
                value
            };
            gather((later(5, "slow"), later(1, "fast"))).await
        });
        assert_eq!(ran.unwrap(), ("slow", "fast"));
    });
}

#[test]
fn a_group_ends_its_children_when_one_fails() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let writes = log.clone();
        let failed = event_loop.run_until_complete(async move {
            TaskGroup::run(async |group| {
                let cleanup = async move || {
                    sleep(millis(1)).await;
                    writes.add("cleaned up");
                };
                group.create_task(sleep(HOUR).finally(cleanup)).detach();
                group
                    .create_task(async {
                        sleep(millis(1)).await;
                        panic!("a child fails, as it should in this test");
                    })
                    .detach();
                pending::<()>().await;
            })
            .await
            .is_err()
        });
        assert!(failed.unwrap());
        assert_eq!(log.take(), ["cleaned up"]);
    });
}

#[test]
fn producers_and_consumers_meet_in_a_queue() {
    on_both_backends(|event_loop| {
        let sum = event_loop.run_until_complete(async {
            let (queue, sum) = (Rc::new(Queue::with_maxsize(2)), Rc::new(std::cell::Cell::new(0)));
            let workers: Vec<_> = (0..3)
                .map(|_| {
                    let (queue, sum) = (queue.clone(), sum.clone());
                    create_task(async move {
                        loop {
                            let number: u32 = queue.get().await.unwrap();
                            yield_now().await;
                            sum.set(sum.get() + number);
                            queue.task_done().unwrap();
                        }
                    })
                })
                .collect();
            for number in 0..100 {
                queue.put(number).await.unwrap();
            }
            queue.join().await;
            for worker in workers {
                worker.cancel();
                let ended: Result<(), _> = worker.await;
                assert!(ended.unwrap_err().is_cancelled());
            }
            sum.get()
        });
        assert_eq!(sum.unwrap(), 4950);
    });
}

#[test]
fn a_shielded_task_outlives_the_timeout_around_it() {
    on_both_backends(|event_loop| {
        let value = event_loop.run_until_complete(async {
            let mut work = shield(async {
                sleep(millis(5)).await;
                "saved"
            });
            assert!(timeout(millis(1), &mut work).await.is_err());
            assert!(!work.task_ref().done());
            work.await
        });
        assert_eq!(value.unwrap(), "saved");
    });
}

#[test]
fn waiting_and_completing_in_order_of_time() {
    on_both_backends(|event_loop| {
        event_loop
            .run_until_complete(async {
                let sleeps = |after: u64| {
                    create_task(async move {
                        sleep(millis(after)).await;
                        after
                    })
                };
                let mut ended = Vec::new();
                let mut completed = as_completed([sleeps(9), sleeps(1), sleeps(5)]);
                while let Some(next) = completed.next().await {
                    ended.push(next.unwrap());
                }
                assert_eq!(ended, [1, 5, 9]);
                let (done, pending) = wait([sleeps(1), sleeps(3)]).await;
                assert_eq!((done.len(), pending.len()), (2, 0));
            })
            .unwrap();
    });
}

#[test]
fn locks_and_events_hold_between_tasks_that_are_cancelled() {
    on_both_backends(|event_loop| {
        let order = event_loop.run_until_complete(async {
            let (lock, event, log) = (Rc::new(Lock::new()), Rc::new(Event::new()), Log::new());
            let held = lock.acquire().await;
            let tasks: Vec<_> = (0..5)
                .map(|task| {
                    let (lock, event, log) = (lock.clone(), event.clone(), log.clone());
                    create_task(async move {
                        event.wait().await;
                        let _held = lock.acquire().await;
                        log.add(task);
                    })
                })
                .collect();
            yield_now().await;
            event.set();
            yield_now().await;
            tasks[1].cancel();
            tasks[3].cancel();
            yield_now().await;
            drop(held);
            for task in tasks {
                drop(task.await);
            }
            log.take()
        });
        assert_eq!(order.unwrap(), [0, 2, 4], "in the order they began to wait");
    });
}

#[test]
fn a_caught_cancellation_goes_on_unless_it_is_suppressed() {
    on_both_backends(|event_loop| {
        let log = Log::new();
        let writes = log.clone();
        event_loop
            .run_until_complete(async move {
                for suppressed in [true, false] {
                    let inner = writes.clone();
                    let task = create_task(async move {
                        let caught = catch_cancel(sleep(HOUR)).await.unwrap_err();
                        sleep(millis(1)).await;
                        inner.add("saved");
                        if suppressed {
                            caught.suppress();
                        } else {
                            drop(caught); // dropping it lets it go on
                        }
                        sleep(millis(1)).await;
                        inner.add("went on");
                    });
                    yield_now().await;
                    task.cancel();
                    assert_eq!(task.await.is_ok(), suppressed);
                }
            })
            .unwrap();
        assert_eq!(log.take(), ["saved", "went on", "saved"]);
    });
}
