/** As much of a document as the page of the sandbox uses. Whatever would read text as markup or as code throws. */

type Listener = (event: { readonly target: unknown }) => void;

export class SmallElement {
  public readonly attributes = new Map<string, string>();
  public readonly listeners = new Map<string, Listener>();
  public readonly dataset: Record<string, string> = {};
  public readonly styles = new Map<string, string>();
  public readonly style = { setProperty: (name: string, value: string): void => void this.styles.set(name, value) };
  public children: Array<SmallElement | string> = [];
  public hidden = false;

  constructor(public readonly name: string) {}

  public set innerHTML(_: string) {
    throw new Error('the page reads text as markup');
  }

  public set outerHTML(_: string) {
    throw new Error('the page reads text as markup');
  }

  public insertAdjacentHTML(): void {
    throw new Error('the page reads text as markup');
  }

  public set className(value: string) {
    this.attributes.set('class', value);
  }

  public get textContent(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('');
  }

  public set textContent(value: string | number) {
    this.children = [String(value)];
  }

  public get childElementCount(): number {
    return this.children.filter((child) => child instanceof SmallElement).length;
  }

  public setAttribute(name: string, value: unknown): void {
    this.attributes.set(name, String(value));
  }

  public addEventListener(name: string, listener: Listener): void {
    this.listeners.set(name, listener);
  }

  public append(...children: ReadonlyArray<SmallElement | string>): void {
    this.children.push(...children);
  }

  public replaceChildren(...children: ReadonlyArray<SmallElement | string>): void {
    this.children = [...children];
  }

  /** This element and everything in it. */
  public get all(): SmallElement[] {
    return [this, ...this.children.flatMap((child) => (child instanceof SmallElement ? child.all : []))];
  }
}

export class SmallDocument {
  public title = '';
  private readonly elements = new Map<string, SmallElement>();

  /** @param html of the page: its elements with an id are what a script can find. */
  constructor(html: string) {
    for (const [, name = '', id = ''] of html.matchAll(/<([a-z\d]+)\b[^>]*\bid="([^"]+)"/g)) {
      this.elements.set(id, new SmallElement(name));
    }
  }

  public getElementById(id: string): SmallElement | null {
    return this.elements.get(id) ?? null;
  }

  public createElement(name: string): SmallElement {
    return new SmallElement(name);
  }

  public querySelectorAll(): SmallElement[] {
    return [];
  }

  public get all(): SmallElement[] {
    return [...this.elements.values()].flatMap(({ all }) => all);
  }
}
