import type { Route } from "../geometry.ts";

/** The lines as they are drawn now, for the tokens that travel along them. Kept outside React: the token layer reads them in every frame. */
const routes = new Map<string, Route>();

export function setRoute(id: string, route: Route): void {
  routes.set(id, route);
}

export function dropRoute(id: string, route: Route): void {
  if (routes.get(id) !== route) return;
  routes.delete(id);
}

export const routeOf = (id: string): Route | undefined => routes.get(id);
