-- An interview is a quiz with a clock: how many minutes it has, and how many seconds of them were used up to its member's last word.
ALTER TABLE quizzes ADD COLUMN kind TEXT NOT NULL DEFAULT 'quiz' CHECK (kind IN ('quiz', 'interview'));
ALTER TABLE quizzes ADD COLUMN minutes INTEGER;
ALTER TABLE quizzes ADD COLUMN spent INTEGER NOT NULL DEFAULT 0;
