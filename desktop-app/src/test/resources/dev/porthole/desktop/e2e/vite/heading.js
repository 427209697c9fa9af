export const heading = 'First'
