//! S-LOOP-12: a loop that runs cannot be run again, nor another one on its thread.

use tulipa::EventLoop;

async fn nothing() {}

fn refused(event_loop: &EventLoop) -> bool {
    event_loop.run_until_complete(nothing()).is_err()
}

pub(crate) fn main() {
    let event_loop = EventLoop::new().unwrap();
    let other = EventLoop::new().unwrap();
    let (inside, beside) = (event_loop.clone(), other.clone());
    event_loop.call_soon(move || {
        println!("running: {}, {}", inside.is_running(), beside.is_running());
        println!("itself refused: {}", refused(&inside));
        println!("the other refused: {}", refused(&beside));
        inside.stop();
    });
    event_loop.run_forever().unwrap();
    println!("running: {}, {}", event_loop.is_running(), other.is_running());
    println!("the other refused: {}", refused(&other));
    event_loop.close();
    other.close();
}
