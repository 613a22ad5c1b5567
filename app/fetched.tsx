import { type ComponentType, type ReactNode, startTransition, useEffect, useState } from "react";

interface Source<P> {
  load(): Promise<{ default: ComponentType<P> }>;
  meanwhile(props: P): ReactNode;
  isCalm: boolean;
  part?: ComponentType<P>;
}

/**
 * A part of the page whose code is fetched when it is first drawn. React's own `lazy` draws what has come when nothing else is to be drawn, and begins anew with every change before
 * it has finished: on a slow machine, while a run plays, that moment never comes, and a dialog that was asked for never opens. Here it comes like any other change.
 * @param meanwhile stands in its place @param isCalm nobody has asked for it: it may be drawn in slices, within five seconds
 * @returns a component that throws, when it is drawn, what `load` fails with
 */
export function fetched<P extends object>(
  load: Source<P>["load"],
  meanwhile: Source<P>["meanwhile"] = () => null,
  isCalm = false,
): ComponentType<P> {
  const source: Source<P> = { load, meanwhile, isCalm };
  return (props) => <Fetched source={source} props={props} />;
}

function Fetched<P extends object>({ source, props }: { source: Source<P>; props: P }) {
  const [Part, show] = useState(() => source.part);
  useEffect(() => {
    if (Part) return;
    source.load().then(
      ({ default: part }) => {
        source.part = part;
        const draw = () => show(() => part);
        source.isCalm ? startTransition(draw) : draw();
      },
      (error: unknown) =>
        show(() => {
          throw error;
        }),
    );
  }, [source, Part]);
  return Part ? <Part {...props} /> : source.meanwhile(props);
}
