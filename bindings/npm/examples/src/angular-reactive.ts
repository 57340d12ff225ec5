import '@angular/compiler';
import { Component, provideZonelessChangeDetection, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule } from '@angular/forms';
import { bootstrapApplication } from '@angular/platform-browser';
import { preflightValidator } from 'image-preflight/angular';
import type { FormIssue } from 'image-preflight/forms';
import { send } from './api.ts';
import { labels, names, preflight } from './preflight.ts';

// [docs
@Component({
  selector: 'app-root',
  imports: [ReactiveFormsModule],
  template: `
    <form [formGroup]="form" (ngSubmit)="submit()">
      @for (name of names; track name) {
        <label>{{ labels[name] }} <input [name]="name" [formControlName]="name" [attr.aria-invalid]="errorOf(name) !== undefined" />
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
  form = new FormGroup(
    { name: new FormControl(''), region: new FormControl(''), project_name: new FormControl(''), agency_name: new FormControl('') },
    { validators: preflightValidator(preflight) },
  );
  isSubmitted = signal(false);

  constructor() {
    // Facts that have come late: validate again.
    preflight.subscribe(() => this.form.updateValueAndValidity());
  }

  /** The first error of a control, or of none. The group has all, and keeps them. */
  private messageAt(name?: string): string | undefined {
    const issues = this.form.errors?.['preflight'] as FormIssue[] | undefined;
    return issues?.find(({ path }) => path[0] === name)?.message;
  }

  errorOf(name: keyof typeof this.form.controls): string | undefined {
    return this.form.controls[name].dirty || this.isSubmitted() ? this.messageAt(name) : undefined;
  }

  formError(): string | undefined {
    return this.isSubmitted() ? this.messageAt() : undefined;
  }

  async submit(): Promise<void> {
    this.isSubmitted.set(true);
    // It waits for facts that are being loaded, which a validator of Angular does not, and sends only what is allowed.
    await preflight.submit(this.form.getRawValue(), send);
  }
}
// docs]
document.getElementById('app')!.append(document.createElement('app-root'));
void bootstrapApplication(CopyForm, { providers: [provideZonelessChangeDetection()] });
