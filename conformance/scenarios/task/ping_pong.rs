//! S-TASK-3: two tasks that yield to each other take turns, step by step, until the first has done
//! all.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use tulipa::{create_task, sleep};

async fn play(name: &str, turns: usize, rally: Rc<RefCell<Vec<usize>>>) {
    for turn in 0..turns {
        rally.borrow_mut().push(turn);
        println!("{name} {turn}, the ball is at {}", rally.borrow().len());
        sleep(Duration::ZERO).await;
    }
    println!("{name} is done");
}

pub(crate) async fn main() {
    let rally = Rc::default();
    let first = create_task(play("ping", 2, Rc::clone(&rally)));
    let second = create_task(play("pong", 4, rally));
    first.await.unwrap();
    println!("no more pings");
    second.await.unwrap();
}
