import DataLoader from 'dataloader';
import { type RowLoader, rowLoader } from '#kernel/connections/row-loader.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import type { SharingAgreement } from './sharing-agreement.entity.js';
import { visibleAgreement } from './sharing-agreement.policy.js';
import { agreementColumns, type Signature, signaturesOf } from './sharing-agreement.repository.js';

export function sharingAgreementLoader(ctx: RequestContext): RowLoader<SharingAgreement> {
  return rowLoader<SharingAgreement>(ctx, {
    from: 'sharing_agreement a',
    alias: 'a',
    columns: agreementColumns,
    visible: visibleAgreement(ctx.viewer),
  });
}

/** The signatures under an agreement, those of all agreements asked about in one statement. */
export type SignatureLoader = Pick<DataLoader<string, readonly Signature[]>, 'load' | 'clear'>;

export function signatureLoader(ctx: RequestContext): SignatureLoader {
  return new DataLoader<string, readonly Signature[]>(async (agreementIds) => {
    const signatures = await signaturesOf(ctx.db, agreementIds);
    return agreementIds.map((id) => signatures.get(id) ?? []);
  });
}
