import '@angular/compiler';
import { Component, provideZonelessChangeDetection, signal } from '@angular/core';
import { form, FormField, validateStandardSchema } from '@angular/forms/signals';
import { bootstrapApplication } from '@angular/platform-browser';
import { send } from './api.ts';
import { empty, labels, names, preflight } from './preflight.ts';

// [docs
@Component({
  selector: 'app-root',
  imports: [FormField],
  template: `
    <form novalidate (submit)="send($event)">
      @for (name of names; track name) {
        <label>{{ labels[name] }} <input [formField]="form[name]" [attr.aria-invalid]="errorOf(name) !== undefined" />
          @if (errorOf(name); as message) { <span role="alert">{{ message }}</span> }
        </label>
      }
      @if (formError(); as message) { <p role="alert">{{ message }}</p> }
      <button>复制</button>
    </form>`,
})
class CopyForm {
  names = names;
  labels = labels;
  /** Counts the facts that have come late: each has the form validated again. */
  facts = signal(0);
  form = form(signal(empty), (path) => validateStandardSchema(path, () => (this.facts(), preflight)));
  isSubmitted = signal(false);

  constructor() {
    preflight.subscribe(() => this.facts.update((count) => count + 1));
  }

  errorOf(name: keyof typeof empty): string | undefined {
    const field = this.form[name]();
    return field.dirty() || this.isSubmitted() ? field.errors()[0]?.message : undefined;
  }

  /** What belongs to no field. */
  formError(): string | undefined {
    return this.isSubmitted() ? this.form().errors()[0]?.message : undefined;
  }

  send(event: Event): void {
    event.preventDefault();
    this.isSubmitted.set(true);
    // It waits for facts that are being loaded, which a schema of Angular does not, and sends only what is allowed.
    void preflight.submit(this.form().value(), send);
  }
}
// docs]
document.getElementById('app')!.append(document.createElement('app-root'));
void bootstrapApplication(CopyForm, { providers: [provideZonelessChangeDetection()] });
