//! The list of tasks against a model, and the callbacks that wait in a header.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tulipa_rt::{Header, TaskId, TaskList};

use crate::support::header;

struct Task(Header);

impl AsRef<Header> for Task {
    fn as_ref(&self) -> &Header {
        &self.0
    }
}

impl Task {
    fn id(&self) -> TaskId {
        self.0.id()
    }
}

/// Puts a new task into the list.
fn insert(list: &TaskList) -> Rc<Task> {
    let task = Rc::new(Task(header()));
    list.insert(task.clone());
    task
}

fn ids(list: &TaskList) -> Vec<TaskId> {
    let mut ids = Vec::new();
    list.for_each(|task| ids.push(task.id()));
    ids
}

#[test]
fn tasks_are_visited_in_order_of_creation() {
    let list = TaskList::default();
    assert!(list.is_empty() && ids(&list).is_empty());
    let tasks: [_; 5] = std::array::from_fn(|_| insert(&list));
    assert_eq!(ids(&list), tasks.each_ref().map(|task| task.id()));
    for gone in [2, 0, 4] {
        list.remove(&tasks[gone].0);
    }
    assert_eq!(ids(&list), [tasks[1].id(), tasks[3].id()]);
    for task in &tasks {
        list.remove(&task.0); // in a list or not
    }
    assert!(list.is_empty());
}

#[test]
fn it_behaves_as_a_vector_does() {
    for seed in 0..50 {
        let mut random = fastrand::Rng::with_seed(seed);
        let list = TaskList::new();
        let mut model = Vec::new();
        for _ in 0..400 {
            if random.bool() || model.is_empty() {
                model.push(insert(&list));
            } else {
                let gone = model.remove(random.usize(..model.len()));
                list.remove(&gone.0);
                list.remove(&gone.0); // the second time its place may be another's
            }
            assert_eq!(ids(&list), model.iter().map(|task| task.id()).collect::<Vec<_>>());
            assert_eq!((list.len(), list.is_empty()), (model.len(), model.is_empty()));
        }
    }
}

#[test]
fn a_task_is_taken_out_of_its_own_list_only() {
    let [one, two] = [TaskList::new(), TaskList::new()];
    let task = insert(&one);
    insert(&two);
    two.remove(&task.0);
    assert_eq!((one.len(), two.len()), (1, 1));
}

#[test]
fn the_list_keeps_its_tasks_alive() {
    let list = TaskList::new();
    let task = Rc::downgrade(&insert(&list));
    assert!(task.upgrade().is_some());
    drop(list);
    assert!(task.upgrade().is_none());
}

#[test]
fn a_visitor_may_use_the_list() {
    let list = TaskList::new();
    let tasks: [_; 3] = std::array::from_fn(|_| insert(&list));
    let mut visited = Vec::new();
    list.for_each(|task| {
        visited.push((task.id(), ids(&list).len()));
        list.remove(&tasks[2].0);
    });
    let seen = tasks.each_ref().map(|task| task.id()).into_iter().zip([3, 2, 2]);
    assert_eq!(visited, seen.collect::<Vec<_>>(), "who was there at the start is visited");
    let names = [&tasks[0], &tasks[1]].map(|task| task.0.name());
    assert_eq!(format!("{list:?}"), format!("{names:?}"));
}

fn run_all(task: &Header) {
    task.take_done_callbacks().into_iter().flatten().for_each(|callback| callback());
}

#[test]
fn callbacks_are_kept_in_order_and_taken_once() {
    let task = header();
    let log = Rc::new(RefCell::new(Vec::new()));
    for event in 1..=3 {
        let log = log.clone();
        task.add_done_callback(Box::new(move || log.borrow_mut().push(event)));
    }
    run_all(&task);
    assert_eq!(log.take(), [1, 2, 3]);
    run_all(&task);
    assert_eq!(log.take(), []);
}

#[test]
fn a_callback_is_taken_back_by_its_number_and_no_other_is() {
    let task = header();
    assert!(!task.remove_done_callback(0), "there never was one");
    let log = Rc::new(RefCell::new(Vec::new()));
    let add = |event| {
        let log = log.clone();
        task.add_done_callback(Box::new(move || log.borrow_mut().push(event)))
    };
    let first = add(1);
    let second = add(2);
    assert!(task.remove_done_callback(second));
    let third = add(3);
    assert!(!task.remove_done_callback(second), "its number is not given out again");
    assert!(task.remove_done_callback(first));
    run_all(&task);
    assert_eq!(log.take(), [3]);
    assert!(!task.remove_done_callback(third), "it was taken");
}

#[test]
fn a_callback_may_use_the_task_as_it_is_dropped() {
    struct Uses(Rc<Header>, Rc<Cell<bool>>);
    impl Drop for Uses {
        fn drop(&mut self) {
            let number = self.0.add_done_callback(Box::new(|| ()));
            self.1.set(self.0.remove_done_callback(number));
        }
    }
    let task = Rc::new(header());
    let was_used = Rc::new(Cell::new(false));
    let held = Uses(task.clone(), was_used.clone());
    let number = task.add_done_callback(Box::new(move || drop(held)));
    assert!(task.remove_done_callback(number));
    assert!(was_used.get());
}
