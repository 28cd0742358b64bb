/** Who finds a space: everybody signed in, the people of its owner organisations and its members, or its members only. */
export const spaceVisibilities = ['open', 'organization', 'private'] as const;
export type SpaceVisibility = (typeof spaceVisibilities)[number];

/** The highest first. */
export const spaceRoles = ['owner', 'facilitator', 'member', 'guest', 'observer'] as const;
export type SpaceRole = (typeof spaceRoles)[number];

/** What an agreement lets cross to the other organisations: the space and what is in it, taking part in it, and who its people are. */
export const sharingRights = ['read', 'contribute', 'people'] as const;
export type SharingRight = (typeof sharingRights)[number];
