//! S-LOOP-16: calls of one thread keep their order, whatever others send meanwhile.

use std::cell::RefCell;
use std::sync::{Arc, Barrier};
use std::thread;

use tulipa::EventLoop;

const THREADS: usize = 3;
const CALLS: usize = 100;

thread_local! {
    static SEEN: RefCell<Vec<Vec<usize>>> = RefCell::new(vec![Vec::new(); THREADS]);
}

fn seen(thread: usize, call: usize) {
    SEEN.with_borrow_mut(|seen| seen[thread].push(call));
}

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let together = Arc::new(Barrier::new(THREADS));
    let workers: Vec<_> = (0..THREADS)
        .map(|thread| {
            let (handle, together) = (event_loop.handle(), together.clone());
            thread::spawn(move || {
                together.wait();
                for call in 0..CALLS {
                    handle.call_soon_threadsafe(move || seen(thread, call)).unwrap();
                }
            })
        })
        .collect();
    let handle = event_loop.handle();
    let last = thread::spawn(move || {
        for worker in workers {
            worker.join().unwrap();
        }
        handle.stop().unwrap();
    });
    event_loop.run_forever().unwrap();
    last.join().unwrap();
    for (thread, calls) in SEEN.take().iter().enumerate() {
        println!("thread {thread}: {} calls, in order: {}", calls.len(), calls.is_sorted());
    }
    event_loop.close();
}
