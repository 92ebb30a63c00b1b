import { expect, it } from 'vitest';
import { framePoint } from '#core/geometry/points.ts';
import { createEditorModel } from './editor-model.ts';

const picture = { width: 853, height: 640 };
const at = framePoint;
const drawn = (model: ReturnType<typeof createEditorModel>) => model.sheet().drawings.map(({ shape }) => shape.tool);

it('draws, takes back and does again', () => {
  const model = createEditorModel([], picture);
  model.choose('arrow');
  model.down(at(0.2, 0.2), null);
  model.move([at(0.5, 0.5)]);
  model.up();
  model.choose('highlight');
  model.down(at(0.1, 0.1), null);
  model.move([at(0.3, 0.2)]);
  model.up();
  expect(drawn(model)).toEqual(['arrow', 'highlight']);
  model.undo();
  expect(drawn(model)).toEqual(['arrow']);
  model.redo();
  expect(drawn(model)).toEqual(['arrow', 'highlight']);
});

it('takes a tap with a line for no line, and numbers marks on', () => {
  const model = createEditorModel([], picture);
  model.choose('rectangle');
  model.down(at(0.2, 0.2), null);
  model.up();
  expect(drawn(model)).toEqual([]);
  model.choose('mark');
  for (const x of [0.2, 0.4]) {
    model.down(at(x, 0.5), null);
    model.up();
  }
  const numbers = model.sheet().drawings.map(({ shape }) => (shape.tool === 'mark' ? shape.number : 0));
  expect(numbers).toEqual([1, 2]);
});

it('moves what was tapped, as one step', () => {
  const model = createEditorModel([], picture);
  model.choose('text');
  model.down(at(0.2, 0.2), null);
  model.write(' here ');
  const id = model.sheet().drawings[0]?.id ?? '';
  model.choose('select');
  model.down(at(0.2, 0.2), id);
  model.move([at(0.3, 0.3)]);
  model.move([at(0.4, 0.5)]);
  model.up();
  expect(model.sheet().drawings[0]?.shape).toEqual({
    tool: 'text',
    at: [expect.closeTo(0.4, 3), expect.closeTo(0.5, 3)],
    text: 'here',
  });
  model.undo();
  expect(model.sheet().drawings[0]?.shape).toMatchObject({ at: [expect.closeTo(0.2, 3), expect.closeTo(0.2, 3)] });
  model.select(id);
  model.remove();
  expect(drawn(model)).toEqual([]);
});

it('blurs and crops, and lets each be taken back', () => {
  const model = createEditorModel([], picture);
  model.choose('blur');
  model.down(at(0.6, 0.6), null);
  model.move([at(0.4, 0.4)]);
  model.up();
  expect(model.sheet().blurs).toMatchObject([{ box: { left: at(0.4, 0)[0], right: at(0.6, 0)[0] } }]);
  model.choose('crop');
  model.down(at(0.25, 0.25), null);
  model.move([at(0.75, 1)]);
  model.up();
  model.crop();
  expect(model.sheet().crop).toEqual({ left: 0.25, top: 0.25, right: 0.75, bottom: 1 });
  model.turn();
  expect(model.sheet().turns).toBe(1);
  for (let i = 0; i < 3; i++) model.undo();
  expect(model.sheet()).toMatchObject({ turns: 0, blurs: [], crop: { left: 0, right: 1 } });
});

it('can do all of it by keys', () => {
  const model = createEditorModel([], picture);
  for (const tool of ['ellipse', 'blur'] as const) {
    model.choose(tool);
    model.place();
  }
  expect(model.state.get().selected).toBe(model.sheet().blurs[0]?.id);
  model.nudge(0.1, 0, false);
  expect(model.sheet().blurs[0]?.box.left).toBeCloseTo(0.45, 3);
  model.nudge(0.1, 0, true);
  expect(model.sheet().blurs[0]?.box.right).toBeCloseTo(0.85, 3);
  model.selectNext();
  expect(model.state.get().selected).toBe(model.sheet().drawings[0]?.id);
  model.remove();
  expect(drawn(model)).toEqual([]);
});
