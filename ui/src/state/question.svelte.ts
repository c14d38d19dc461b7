export interface Question {
  title: string;
  text: string;
  yes: string;
  danger?: boolean;
}

interface Asked extends Question {
  answer: (yes: boolean) => void;
}

const state = $state<{ asked: Asked | undefined }>({ asked: undefined });

export function asked(): Asked | undefined {
  return state.asked;
}

/// Asks before something that cannot be undone; false when the person closes the question.
export function sure(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    state.asked = {
      ...question,
      answer(yes) {
        state.asked = undefined;
        resolve(yes);
      },
    };
  });
}
