//! `turn`, `next_deadline` and `AsFd` under a loop that is not ours: poll(2) by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tulipa_loop::EventLoop;
use tulipa_task::create_task_on;
use tulipa_time::{sleep, yield_now};

use crate::support::{Log, Pair, on_both_backends, read, turn};

/// What a host does, again and again: sleep in its own poll, then give the loop a turn. Returns
/// how often it went round.
fn host(event_loop: &EventLoop, done: impl Fn() -> bool) -> usize {
    let mut rounds = 0;
    while !done() {
        let wait = event_loop.next_deadline().map(|next| {
            let until = next.saturating_duration_since(event_loop.time());
            Timespec::try_from(until).unwrap()
        });
        poll(&mut [PollFd::new(event_loop, PollFlags::IN)], wait.as_ref()).unwrap();
        event_loop.turn(Some(Duration::ZERO)).unwrap();
        rounds += 1;
    }
    rounds
}

/// Whether the host's poll would return at once.
fn is_readable(event_loop: &EventLoop) -> bool {
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut [PollFd::new(event_loop, PollFlags::IN)], Some(&now)).unwrap() > 0
}

#[test]
fn callbacks_timers_tasks_and_sockets_run_under_a_host_in_real_time() {
    on_both_backends(|event_loop| {
        let (log, pair) = (Log::new(), Pair::new(event_loop));
        event_loop.call_soon(log.writes("callback"));
        event_loop.call_later(Duration::from_millis(4), log.writes("timer"));
        let (slept, source, reads) = (log.writes("slept"), pair.source.clone(), log.clone());
        let (sender, receiver) = std::sync::mpsc::channel();
        create_task_on(&event_loop.runtime(), async move {
            sleep(Duration::from_millis(8)).await;
            for _ in 0..10 {
                yield_now().await;
            }
            slept();
            sender.send(()).unwrap();
        })
        .detach();
        create_task_on(&event_loop.runtime(), async move {
            assert_eq!(read(&source).await, b"spam");
            reads.add("socket");
        })
        .detach();
        let sender = thread::spawn(move || {
            receiver.recv().unwrap();
            thread::sleep(Duration::from_millis(5)); // the host is asleep again
            pair.send(b"spam");
            pair
        });
        let rounds = host(event_loop, || log.len() == 4);
        assert_eq!(log.take(), ["callback", "timer", "slept", "socket"]);
        assert!(rounds < 60, "{rounds} rounds: the host did not sleep");
        drop(sender.join().unwrap());
    });
}

#[test]
fn a_message_from_another_thread_wakes_the_host_and_is_then_over() {
    on_both_backends(|event_loop| {
        let ran = Arc::new(AtomicUsize::new(0));
        assert!(!is_readable(event_loop));
        for message in 1..=50 {
            let (handle, count) = (event_loop.handle(), ran.clone());
            let sender = thread::spawn(move || {
                handle.call_soon_threadsafe(move || _ = count.fetch_add(1, SeqCst)).unwrap();
            });
            let rounds = host(event_loop, || ran.load(SeqCst) == message);
            assert!(rounds <= 3, "{rounds} rounds for one message");
            sender.join().unwrap();
            // Now nothing is left to do, and a turn or two show it: the host may sleep again.
            turn(event_loop);
            turn(event_loop);
            assert!(!is_readable(event_loop), "the host would spin");
            assert_eq!(event_loop.next_deadline(), None);
        }
    });
}

#[test]
fn messages_from_other_threads_between_turns_are_never_lost() {
    const THREADS: usize = 3;
    const MESSAGES: usize = 500;
    on_both_backends(|event_loop| {
        let ran = Arc::new(AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..THREADS {
                let (handle, ran) = (event_loop.handle(), ran.clone());
                scope.spawn(move || {
                    for sent in 0..MESSAGES {
                        let count = ran.clone();
                        let count = move || _ = count.fetch_add(1, SeqCst);
                        handle.call_soon_threadsafe(count).unwrap();
                        if sent % 7 == 0 {
                            thread::yield_now();
                        }
                    }
                });
            }
            host(event_loop, || ran.load(SeqCst) == THREADS * MESSAGES);
        });
    });
}

#[test]
fn a_readable_socket_makes_the_loop_readable() {
    on_both_backends(|event_loop| {
        let (log, pair) = (Log::new(), Pair::new(event_loop));
        let (source, reads) = (pair.source.clone(), log.clone());
        create_task_on(&event_loop.runtime(), async move {
            reads.add(read(&source).await);
        })
        .detach();
        for _ in 0..3 {
            turn(event_loop);
        }
        assert!(!is_readable(event_loop));
        pair.send(b"spam");
        assert!(is_readable(event_loop));
        let rounds = host(event_loop, || log.len() == 1);
        assert!(rounds <= 2, "{rounds} rounds");
    });
}

/// A loop inside a loop: the outer one waits for the inner one as for any descriptor.
#[test]
fn a_loop_can_be_hosted_by_another() {
    use tulipa_rt::Interest::Readable;
    on_both_backends(|outer| {
        let inner = EventLoop::new().unwrap();
        let fd = std::os::fd::AsFd::as_fd(&inner).try_clone_to_owned().unwrap();
        let source = outer.runtime().register(fd).unwrap();
        let ran = Arc::new(AtomicUsize::new(0));
        let (handle, count) = (inner.handle(), ran.clone());
        let sender = thread::spawn(move || {
            for _ in 0..10 {
                let count = count.clone();
                handle.call_soon_threadsafe(move || _ = count.fetch_add(1, SeqCst)).unwrap();
                thread::yield_now();
            }
        });
        let woken = tulipa_test::CountingWaker::new();
        while ran.load(SeqCst) < 10 {
            let cx = std::task::Context::from_waker(woken.waker());
            if let std::task::Poll::Ready(ready) = source.poll_ready(Readable, &cx) {
                source.clear(Readable, ready.unwrap());
                turn(&inner);
                turn(&inner);
            } else {
                outer.turn(None).unwrap();
            }
        }
        sender.join().unwrap();
    });
}
