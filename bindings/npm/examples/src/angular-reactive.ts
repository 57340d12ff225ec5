import '@angular/compiler';
import { Component, provideZonelessChangeDetection, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule } from '@angular/forms';
import { bootstrapApplication } from '@angular/platform-browser';
import { preflightValidator } from 'image-preflight/angular';
import type { FormIssue } from 'image-preflight/forms';
import { send } from './case.ts';
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

  /** The first error of a control. */
  errorOf(name: keyof typeof this.form.controls): string | undefined {
    const { dirty, errors } = this.form.controls[name];
    return dirty || this.isSubmitted() ? (errors?.['preflight'] as FormIssue[] | undefined)?.[0]?.message : undefined;
  }

  /** What belongs to no control. */
  formError(): string | undefined {
    const issues = this.form.errors?.['preflight'] as FormIssue[] | undefined;
    return this.isSubmitted() ? issues?.find(({ path }) => path.length === 0)?.message : undefined;
  }

  submit(): void {
    this.isSubmitted.set(true);
    if (this.form.valid) {
      send(preflight.state?.request);
    }
  }
}
// docs]
document.getElementById('app')!.append(document.createElement('app-root'));
void bootstrapApplication(CopyForm, { providers: [provideZonelessChangeDetection()] });
