//! A million of everything; a tenth of that where the optimizer has not been.
//!
//! A million tasks, and a million timers as futures see them, are in the conformance kits.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use tulipa_task::create_task_on;
use tulipa_time::sleep_until;

use crate::support::{Log, before, new_loop, on_both_backends, turn, turn_until};

const CROWD: u32 = if cfg!(debug_assertions) { 100_000 } else { 1_000_000 };
const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn a_crowd_of_callbacks_runs_in_one_iteration() {
    let event_loop = new_loop();
    let count = Rc::new(Cell::new(0));
    for expected in 0..CROWD {
        let count = count.clone();
        event_loop.call_soon(move || {
            assert_eq!(count.replace(expected + 1), expected);
        });
    }
    assert_eq!(turn(&event_loop), CROWD as usize);
    assert_eq!(count.get(), CROWD);
}

#[test]
fn a_crowd_of_timers_runs_in_order_of_deadline() {
    on_both_backends(|event_loop| {
        let (last, count) = (Rc::new(Cell::new(None)), Rc::new(Cell::new(0)));
        let start = before(event_loop.time(), Duration::from_secs(1));
        let mut rng = fastrand::Rng::with_seed(1);
        for order in 0..CROWD {
            // Some are equal.
            let deadline = start + Duration::from_micros(rng.u64(..u64::from(CROWD)));
            let (last, count) = (last.clone(), count.clone());
            event_loop.call_at(deadline, move || {
                let before = last.replace(Some((deadline, order)));
                assert!(before < Some((deadline, order)), "out of order");
                count.set(count.get() + 1);
            });
        }
        turn_until(event_loop, || count.get() == CROWD);
    });
}

#[test]
fn a_crowd_of_timers_is_cancelled() {
    let event_loop = new_loop();
    let held = Rc::new(());
    let mut rng = fastrand::Rng::with_seed(2);
    let mut timers: Vec<_> = (0..CROWD)
        .map(|_| {
            let held = held.clone();
            let delay = HOUR + Duration::from_micros(rng.u64(..1 << 30));
            event_loop.call_later(delay, move || drop(held))
        })
        .collect();
    rng.shuffle(&mut timers);
    timers.iter().for_each(tulipa_loop::TimerHandle::cancel);
    assert_eq!(Rc::strong_count(&held), 1);
    assert_eq!(event_loop.next_deadline(), None);
}

#[test]
fn a_crowd_of_tasks_sleeps() {
    let event_loop = new_loop();
    let (log, count) = (Log::new(), Rc::new(Cell::new(0)));
    let start = event_loop.time() + Duration::from_millis(5);
    for task in 0..CROWD {
        let (count, log) = (count.clone(), log.clone());
        create_task_on(&event_loop.runtime(), async move {
            sleep_until(start + Duration::from_micros(u64::from(task * 7 % 1_000))).await;
            count.set(count.get() + 1);
            if count.get() == CROWD {
                log.add(());
            }
        })
        .detach();
    }
    turn_until(&event_loop, || log.len() == 1);
    assert!(event_loop.runtime().tasks().is_empty());
}
