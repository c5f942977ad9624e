//! Barriers, from `test_locks.BarrierTests`: reset and abort.

use std::cell::Cell;

use super::super::kind::Barrier;
use super::barrier::{N, assert_fills_anew, gather, is, tasks};
use crate::on::{Log, leak, on_each_executor, spawn, turn};
use crate::support::shown;

on_each_executor![
    reset_barrier,
    reset_barrier_while_tasks_waiting,
    reset_barrier_when_tasks_half_draining,
    reset_barrier_when_tasks_half_draining_half_blocking,
    reset_barrier_while_tasks_waiting_and_waiting_again,
    reset_barrier_while_tasks_draining,
    abort_barrier,
    abort_barrier_when_tasks_half_draining_half_blocking,
    abort_barrier_when_exception,
    abort_barrier_when_exception_then_resetting,
];

/// What tasks write down of their waits.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Came {
    Through,
    /// The barrier broke while they waited inside.
    Broken,
    /// The barrier broke while they waited for the next round.
    BrokenOutside,
}

use Came::{Broken, BrokenOutside, Through};

impl Log<Came> {
    fn count(&self, came: Came) -> usize {
        self.all().into_iter().filter(|entry| *entry == came).count()
    }
}

/// `test_locks.BarrierTests.test_reset_barrier`
async fn reset_barrier() {
    let barrier = leak(Barrier::new(1));
    spawn(async { barrier.reset() });
    turn().await;
    assert_fills_anew(barrier);
}

/// `test_locks.BarrierTests.test_reset_barrier_while_tasks_waiting`
///
/// S-BARRIER-4: those who wait are sent away.
async fn reset_barrier_while_tasks_waiting() {
    let barrier = leak(Barrier::new(N));
    let all = tasks(N - 1, || barrier.wait());
    turn().await;
    spawn(async { barrier.reset() });
    assert!(gather(all).await.iter().all(Result::is_err));
    assert_fills_anew(barrier);
}

/// `test_locks.BarrierTests.test_reset_barrier_when_tasks_half_draining`
///
/// S-BARRIER-4: also those who were let through and have not left.
async fn reset_barrier_when_tasks_half_draining() {
    let (barrier, log, rest) = (leak(Barrier::new(N)), Log::new(), N / 2);
    gather(tasks(N, || async move {
        if barrier.wait().await.is_err() {
            log.add(Broken);
        } else if shown("inside", barrier) == rest {
            barrier.reset();
        }
    }))
    .await;
    assert_eq!(log.all(), [Broken; N / 2]);
    assert_fills_anew(barrier);
}

/// `test_locks.BarrierTests.test_reset_barrier_when_tasks_half_draining_half_blocking`
///
/// S-BARRIER-4: those who wait outside for the next round are not sent away.
async fn reset_barrier_when_tasks_half_draining_half_blocking() {
    let (barrier, log) = (leak(Barrier::new(N)), Log::new());
    let (blocking, count) = (N / 2, leak(Cell::new(0)));
    gather(tasks(N, || async move {
        if barrier.wait().await.is_err() {
            log.add(Broken);
            barrier.wait().await.unwrap();
            return;
        }
        count.set(count.get() + 1);
        if count.get() > blocking {
            barrier.reset();
            barrier.wait().await.unwrap();
        } else if barrier.wait().await.is_err() {
            log.add(BrokenOutside);
        }
    }))
    .await;
    assert_eq!(log.all(), [Broken; N / 2]);
    assert_fills_anew(barrier);
}

/// `test_locks.BarrierTests.test_reset_barrier_while_tasks_waiting_and_waiting_again`
async fn reset_barrier_while_tasks_waiting_and_waiting_again() {
    let (barrier, log) = (leak(Barrier::new(N)), Log::new());
    let all = tasks(N - 1, || async {
        if barrier.wait().await.is_err() {
            log.add(Broken);
        }
        barrier.wait().await.unwrap();
        log.add(Through);
    });
    spawn(async { barrier.reset() });
    turn().await;
    let last = tasks(1, || async {
        barrier.wait().await.unwrap();
        log.add(Through);
    });
    gather(all).await;
    gather(last).await;
    assert_eq!(log.all()[..N - 1], [Broken; N - 1]);
    assert_eq!(log.all()[N - 1..], [Through; N]);
    assert_fills_anew(barrier);
}

/// `test_locks.BarrierTests.test_reset_barrier_while_tasks_draining`
///
/// S-BARRIER-4: when all have left, a reset finds nobody to send away.
async fn reset_barrier_while_tasks_draining() {
    let (barrier, log, count) = (leak(Barrier::new(N)), Log::new(), leak(Cell::new(0)));
    gather(tasks(N, || async {
        barrier.wait().await.unwrap();
        count.set(count.get() + 1);
        if count.get() == N {
            barrier.reset();
            barrier.wait().await.unwrap();
        } else {
            log.add(if barrier.wait().await.is_ok() { Through } else { BrokenOutside });
        }
        barrier.wait().await.unwrap();
    }))
    .await;
    assert_eq!(log.all(), [Through; N - 1]);
    assert_fills_anew(barrier);
}

/// `test_locks.BarrierTests.test_abort_barrier`
async fn abort_barrier() {
    let barrier = leak(Barrier::new(1));
    spawn(async { barrier.abort() });
    turn().await;
    assert_eq!((barrier.n_waiting(), barrier.broken()), (0, true));
}

/// `test_locks.BarrierTests.test_abort_barrier_when_tasks_half_draining_half_blocking`
///
/// S-BARRIER-5: those inside and those outside are sent away.
async fn abort_barrier_when_tasks_half_draining_half_blocking() {
    let (barrier, log) = (leak(Barrier::new(N)), Log::new());
    let (blocking, count) = (N / 2, leak(Cell::new(0)));
    gather(tasks(N, || async move {
        if barrier.wait().await.is_err() {
            log.add(Broken);
            return;
        }
        count.set(count.get() + 1);
        if count.get() > blocking {
            barrier.abort();
        } else if barrier.wait().await.is_err() {
            log.add(BrokenOutside);
        }
    }))
    .await;
    assert_eq!(log.count(Broken), blocking);
    assert_eq!(log.count(BrokenOutside), N - blocking - 1);
    assert_eq!((barrier.n_waiting(), barrier.broken()), (0, true));
    assert!(!is("Resetting", barrier));
}

/// What a task of the next two does between two waits: one of them fails.
async fn wait_and_fail_once(barrier: &Barrier, log: &Log<Came>) {
    match barrier.wait().await {
        // The one in the middle goes wrong, and says so to the others.
        Ok(index) if index == N / 2 => barrier.abort(),
        Ok(_) => match barrier.wait().await {
            Ok(_) => log.add(Through),
            Err(_) => log.add(BrokenOutside),
        },
        Err(_) => log.add(Broken),
    }
}

/// `test_locks.BarrierTests.test_abort_barrier_when_exception`
async fn abort_barrier_when_exception() {
    let (barrier, log) = (leak(Barrier::new(N)), Log::new());
    gather(tasks(N, || wait_and_fail_once(barrier, log))).await;
    assert_eq!(log.count(Through), 0);
    assert_eq!(log.all().len(), N - 1);
    assert_eq!((barrier.n_waiting(), barrier.broken()), (0, true));
}

/// `test_locks.BarrierTests.test_abort_barrier_when_exception_then_resetting`
///
/// S-BARRIER-5: reset mends it.
async fn abort_barrier_when_exception_then_resetting() {
    let (barrier, meeting) = (leak(Barrier::new(N)), leak(Barrier::new(N)));
    let (log, after) = (Log::new(), Log::new());
    gather(tasks(N, || async {
        wait_and_fail_once(barrier, log).await;
        // All meet before the reset, so that nobody is inside, and after it, so that nobody comes
        // too early.
        if meeting.wait().await == Ok(N / 2) {
            barrier.reset();
        }
        meeting.wait().await.unwrap();
        barrier.wait().await.unwrap();
        after.add(Through);
    }))
    .await;
    assert_eq!(log.count(Through), 0);
    assert_eq!(log.all().len(), N - 1);
    assert_eq!(after.all(), [Through; N]);
    assert_fills_anew(barrier);
}
